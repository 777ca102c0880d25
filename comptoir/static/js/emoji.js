// The button of the emoji panel. The panel itself is loaded when it is asked for the first time.

import { on, one } from "./dom.js";

let panel = null;

async function toggle(event, button) {
  const isOpen = button.getAttribute("aria-expanded") === "true";
  panel ??= await import("./emoji_panel.js");
  if (isOpen) panel.close();
  else await panel.open(button, one("textarea", button.closest("form")));
}

export function begin() {
  on("click", "[data-emoji]", toggle);
}
