// Reply or internal note: two text bars at the desk, one shown at a time.

import { all, on, one } from "./dom.js";
import { settlePlace } from "./composer.js";

export function choose(name) {
  const chosen = one(`[data-tab="${name}"]`);
  if (!chosen) return;
  for (const tab of all("[data-tab]")) {
    if (tab === chosen) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
  for (const panel of all("[data-panel]")) panel.hidden = panel.dataset.panel !== name;
  for (const form of all("[data-composer-place] [data-composer]")) settlePlace(form);
  one(`[data-panel="${name}"] textarea`)?.focus();
}

export function begin() {
  on("click", "[data-tab]", (event, tab) => {
    event.preventDefault();
    choose(tab.dataset.tab);
  });
  // From the inbox, by the keys r and n. The browser itself goes to the place that the address names once all is
  // loaded, and would take the focus away again.
  const wanted = location.hash.slice(1);
  if (["reply", "note"].includes(wanted)) addEventListener("load", () => setTimeout(choose, 0, wanted));
}
