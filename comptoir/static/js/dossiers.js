// Choosing dossiers for a new conversation: the list is filtered as one types, and who may be addressed follows.

import { all, fromServer, insertAtCaret, on, one, settled } from "./dom.js";
import { getPart } from "./post.js";

const PAUSE = 250;
const AUDIENCE = "fieldset:has([name=audience])";

const LIST = "[data-picklist]";

let wantedLast = "";

const pageFor = async (fields) => fromServer(await getPart(`${location.pathname}?${new URLSearchParams(fields)}`));

/** The dossiers that fit what is typed, and those that are ticked whether they do or not. */
async function showFitting(fields) {
  const wanted = new URLSearchParams(fields).toString();
  wantedLast = wanted;
  const fresh = (await pageFor(fields)).querySelector(LIST);
  if (wanted !== wantedLast) return; // something else is typed by now
  const [before] = all("li", fresh);
  for (const box of all(`${LIST} :checked`)) {
    const same = all("[name=company]", fresh).find(({ value }) => value === box.value);
    if (same) same.checked = true;
    else if (before) before.before(box.closest("li"));
    else one("ul", fresh).append(box.closest("li"));
  }
  one(LIST).replaceWith(fresh);
}

const find = (form) => one("[data-filter]", form).value;

const audienceOf = (form) => new Map([...new FormData(form)].filter(([name]) => ["audience", "person"].includes(name)));

/** What was chosen stays chosen; where it cannot be any more, nothing is: a private word never becomes a shared one. */
function choose(form, wanted) {
  for (const radio of all("[name=audience]", form)) radio.checked = radio.value === wanted.get("audience");
  const person = one("[name=person]", form);
  const isThere = person && all("option", person).some(({ value }) => value === wanted.get("person"));
  if (person) person.value = isThere ? wanted.get("person") : "";
}

/** The people of one dossier, or none for several, whichever they are: the server's page for this choice knows. */
async function showAudience(form) {
  const chosen = all(`${LIST} :checked`).map((box) => ["company", box.value]);
  putAudience(form, await pageFor(chosen.slice(0, 2)));
}

function putAudience(form, page, wanted = audienceOf(form)) {
  one(AUDIENCE).replaceWith(page.querySelector(AUDIENCE));
  choose(form, wanted);
}

/** A draft came back: its dossiers may be others than the first ones that the page lists. */
async function showRestored(form) {
  const page = await pageFor(form.restored.filter(([name]) => name === "company"));
  one(LIST).replaceWith(page.querySelector(LIST));
  putAudience(form, page, new Map(form.restored));
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
  const filter = settled(() => showFitting({ find: find(form) }), PAUSE);
  on("input", "[data-filter]", filter);
  on("keydown", "[data-filter]", (event) => event.key === "Enter" && event.preventDefault());
  on("click", "[data-all]", (event) => {
    event.preventDefault();
    showFitting({ find: find(form), all: "1" });
  });
  const follow = settled(() => showAudience(form), PAUSE);
  list.addEventListener("change", ({ target }) => target.name === "company" && follow());
  if (form.restored) showRestored(form);
  form.addEventListener("focusin", ({ target }) => {
    if (target.matches("[name=subject], [name=body]")) form.lastField = target;
  });
  on("click", "[data-insert]", (event, button) => insert(form, button.dataset.insert));
}
