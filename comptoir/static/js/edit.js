// One's own message is edited where it stands; what is not saved yet outlives the page, as drafts do.

import { all, copyOf, on, one } from "./dom.js";
import { draftName } from "./drafts.js";
import { getJson, post, Refusal } from "./post.js";
import { drop, keep, kept } from "./store.js";
import { refresh } from "./verbs.js";

const nameOf = (row) => draftName(`edit:${row.id}`);
const lineOf = (row) => one(".line", row);

async function open(event, button) {
  const row = button.closest(".msg");
  if (one(".edit-form", row)) return;
  const { body } = await getJson(button.dataset.text);
  const field = unfold(row, button, body);
  field.focus();
  field.setSelectionRange(body.length, body.length);
}

function unfold(row, button, body) {
  const form = copyOf("edit-form");
  const field = one("textarea", form);
  form.dataset.action = button.dataset.edit;
  field.id = `edit-${row.id}`;
  one("label", form).htmlFor = field.id;
  field.value = body;
  show(row, form);
  return field;
}

/** What was being changed when the page went. */
function restore() {
  for (const button of all(".msg [data-edit]")) {
    const row = button.closest(".msg");
    const body = kept(nameOf(row));
    if (body !== undefined) unfold(row, button, body);
  }
}

function show(row, form) {
  lineOf(row).hidden = true;
  lineOf(row).after(form);
}

/** The row was replaced by a newer version while its form was open: what is being typed moves over. */
function moved({ target: row, detail: form }) {
  if (row.classList.contains("gone")) return;
  const field = one("textarea", form);
  const { selectionStart, selectionEnd } = field;
  show(row, form);
  field.focus({ preventScroll: true });
  field.setSelectionRange(selectionStart, selectionEnd);
}

function close(form) {
  const row = form.closest(".msg");
  drop(nameOf(row));
  form.remove();
  lineOf(row).hidden = false;
  one("summary", row)?.focus();
}

async function save(event, form) {
  event.preventDefault();
  const row = form.closest(".msg");
  try {
    await post(form.dataset.action, { body: one("textarea", form).value });
  } catch (failure) {
    if (failure instanceof Refusal) refused(form, failure);
    else throw failure; // the form stays, with what was typed
    return;
  }
  close(form);
  await refresh();
  one("summary", document.getElementById(row.id))?.focus();
}

function refused(form, failure) {
  const place = one(".error", form);
  place.textContent = failure.message;
  place.hidden = false;
}

function pressed(event, field) {
  if (event.key === "Escape") {
    event.stopPropagation();
    close(field.form);
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    field.form.requestSubmit();
  }
}

export function begin() {
  restore();
  on("input", ".edit-form textarea", (event, field) => keep(nameOf(field.closest(".msg")), field.value));
  on("click", "[data-edit]", open);
  on("submit", ".edit-form", save);
  on("click", ".edit-form [data-cancel]", (event, button) => close(button.form));
  on("keydown", ".edit-form textarea", pressed);
  document.addEventListener("editing", moved);
}
