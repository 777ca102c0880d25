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

const audienceOf = (form) => new Map([...new FormData(form)].filter(([name]) => ["audience", "person"].includes(name)));

/** What was chosen stays chosen; where it cannot be any more, nothing is: a private word never becomes a shared one. */
function choose(form, wanted) {
  for (const radio of all("[name=audience]", form)) radio.checked = radio.value === wanted.get("audience");
  const person = one("[name=person]", form);
  const isThere = person && all("option", person).some(({ value }) => value === wanted.get("person"));
  if (person) person.value = isThere ? wanted.get("person") : "";
}

/** The people of one dossier, or none for several: the server's page for this choice knows. */
async function showAudience(form, wanted) {
  const chosen = all("[data-dossiers] [name=company]:checked").map((box) => ["company", box.value]);
  const page = fromServer(await getPart(`${location.pathname}?${new URLSearchParams(chosen)}`));
  const fresh = page.querySelector(AUDIENCE);
  const old = one(AUDIENCE);
  wanted ??= audienceOf(form);
  old.replaceWith(fresh);
  choose(form, wanted);
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
  list.addEventListener("change", settled(() => showAudience(form), PAUSE));
  if (form.restored) showAudience(form, form.restored);
  form.addEventListener("focusin", ({ target }) => {
    if (target.matches("[name=subject], [name=body]")) form.lastField = target;
  });
  on("click", "[data-insert]", (event, button) => insert(form, button.dataset.insert));
}
