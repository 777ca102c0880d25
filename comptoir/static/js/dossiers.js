// Choosing dossiers for a new conversation: the list is filtered as one types, and who may be addressed follows.

import { all, fromServer, insertAtCaret, on, one, settled } from "./dom.js";
import { getPart } from "./post.js";

const PAUSE = 250;
const AUDIENCE = "fieldset:has([name=audience])";

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function filter(event, field) {
  const words = fold(field.value).split(/\s+/);
  for (const item of all("[data-filter-text]")) {
    const text = fold(item.dataset.filterText);
    const isChosen = one(":checked", item);
    item.hidden = !isChosen && !words.every((word) => text.includes(word));
  }
}

/** The people of one dossier, or none for several: the server's page for this choice knows. */
async function showAudience() {
  const chosen = all("[data-dossiers] [name=company]:checked").map((box) => ["company", box.value]);
  const page = fromServer(await getPart(`${location.pathname}?${new URLSearchParams(chosen)}`));
  const fresh = page.querySelector(AUDIENCE);
  const old = one(AUDIENCE);
  if (fresh && old) old.replaceWith(fresh);
  else if (fresh) one("[data-dossiers]").after(fresh);
  else old?.remove();
}

/** A field for merging goes where the caret stood last, in the subject or in the text. */
function insert(form, text) {
  const { lastField } = form;
  insertAtCaret(lastField ?? one("[name=body]", form), text);
}

export function begin() {
  const list = one("[data-dossiers]");
  if (!list) return;
  const { form } = list;
  on("input", "[data-filter]", filter);
  list.addEventListener("change", settled(showAudience, PAUSE));
  form.addEventListener("focusin", ({ target }) => {
    if (target.matches("[name=subject], [name=body]")) form.lastField = target;
  });
  on("click", "[data-insert]", (event, button) => insert(form, button.dataset.insert));
}
