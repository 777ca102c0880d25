// Deleting takes effect after some seconds, in which it can be undone; nobody is asked whether they are sure.

import { on, one } from "./dom.js";
import { post } from "./post.js";
import { toast } from "./toast.js";
import { refresh } from "./verbs.js";
import { word } from "./words.js";

const UNDO = 5_000;

/** row id -> what ends its wait. A row may be replaced meanwhile, its id stays. */
const waiting = new Map();

const rowOf = (id) => document.getElementById(id);

function remove(event, form) {
  event.preventDefault();
  const row = form.closest("[id^='m-'], [id^='n-']");
  const { id } = row;
  const { action } = form;
  row.hidden = true;
  focusNear(row);
  const leave = toast(word("deleted"), {
    sign: "trash-2",
    action: word("undo"),
    act: () => undo(id),
    ended: () => finish(id),
    shown: UNDO,
  });
  waiting.set(id, { action, leave });
}

function undo(id) {
  waiting.delete(id);
  show(id);
  one("summary, button", rowOf(id))?.focus();
}

function show(id) {
  const row = rowOf(id);
  if (row) row.hidden = false;
}

async function finish(id) {
  const { action } = waiting.get(id);
  waiting.delete(id);
  try {
    await post(action);
    await refresh();
  } finally {
    show(id); // as "deleted"; or as it was, where the server refused or could not be reached
  }
}

function focusNear(row) {
  const place = row.closest("[data-thread]");
  one("[data-composer] textarea, #content", place ?? document)?.focus({ preventScroll: true });
}

/** Who leaves the page meant it: the request outlives the page. */
function flush() {
  for (const { action, leave } of waiting.values()) {
    leave();
    post(action, {}, { keepalive: true });
  }
  waiting.clear();
}

export function begin() {
  on("submit", "form[data-delete]", remove);
  addEventListener("pagehide", flush);
}
