// A new conversation: the form stays as it is until the server has it, and asks again with the same key.

import { one } from "./dom.js";
import { isReady } from "./composer.js";
import { dropDraft, keepDraft } from "./drafts.js";
import { clearError, showError } from "./errors.js";
import { hear } from "./live.js";
import { post, Refusal, Unreachable } from "./post.js";
import { filesOf } from "./uploads.js";
import { word } from "./words.js";

const RETRY = 5_000;

let isSending = false;
let timer;

function fieldsOf(form) {
  const fields = new FormData(form);
  fields.delete("upload");
  for (const file of filesOf(form)) fields.append("files", file.id);
  return fields;
}

async function start(form) {
  clearTimeout(timer);
  if (isSending || !isReady(form)) return;
  keepDraft(form); // with the key: after a reload the same conversation is asked for, not a second one
  isSending = true;
  mark(form, true);
  try {
    const answer = await post(form.getAttribute("action") ?? location.href, fieldsOf(form));
    form.dataset.isSent = ""; // leaving the page must not keep it as a draft again
    dropDraft(form);
    location.assign(answer.url);
  } catch (failure) {
    failed(form, failure);
  } finally {
    isSending = false;
  }
}

function failed(form, failure) {
  mark(form, failure instanceof Unreachable);
  if (failure instanceof Refusal) {
    showError(form, failure.message);
    one(`[name="${failure.field || "body"}"]`, form)?.focus();
    return;
  }
  if (!(failure instanceof Unreachable)) throw failure;
  showError(form, word("waits"));
  timer = setTimeout(start, RETRY, form);
}

/** While it is on its way, and while it waits for the line, a second press changes nothing. */
function mark(form, isBusy) {
  form.toggleAttribute("aria-busy", isBusy);
  one(".send .btn-main", form).disabled = isBusy;
  if (isBusy) clearError(form);
}

export function begin(form) {
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("data-plain")) return;
    event.preventDefault();
    start(form);
  });
  hear("up", () => form.hasAttribute("aria-busy") && start(form));
}
