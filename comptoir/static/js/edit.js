// One's own message is edited where it stands.

import { copyOf, on, one } from "./dom.js";
import { getJson, post, Refusal } from "./post.js";
import { refresh } from "./verbs.js";

const lineOf = (row) => one(".line", row);

async function open(event, button) {
  const row = button.closest(".msg");
  if (one(".edit-form", row)) return;
  const { body } = await getJson(button.dataset.text);
  const form = copyOf("edit-form");
  const field = one("textarea", form);
  form.dataset.action = button.dataset.edit;
  field.id = `edit-${row.id}`;
  one("label", form).htmlFor = field.id;
  field.value = body;
  show(row, form);
  field.focus();
  field.setSelectionRange(body.length, body.length);
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
  on("click", "[data-edit]", open);
  on("submit", ".edit-form", save);
  on("click", ".edit-form [data-cancel]", (event, button) => close(button.form));
  on("keydown", ".edit-form textarea", pressed);
  document.addEventListener("editing", moved);
}
