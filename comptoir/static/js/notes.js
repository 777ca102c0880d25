// Internal notes: written in a text bar of their own, so that none of it can reach a client by a slip.

import { one } from "./dom.js";
import { begin as beginDraft, dropDraft } from "./drafts.js";
import { clearError, showError } from "./errors.js";
import { newKey } from "./identity.js";
import { post, Refusal, Unreachable } from "./post.js";
import { conversation } from "./thread.js";
import { refresh } from "./verbs.js";
import { word } from "./words.js";

async function write(form) {
  const body = one("[name=body]", form);
  if (!body.value.trim()) return body.focus();
  clearError(form);
  try {
    await post(form.action, new FormData(form));
  } catch (failure) {
    if (failure instanceof Refusal) showError(form, failure.message);
    else if (failure instanceof Unreachable) showError(form, word("failed"));
    else throw failure;
    return;
  }
  body.value = "";
  one("[name=key]", form).value = newKey();
  dropDraft(form);
  await refresh();
}

export function begin() {
  const form = one("[data-note]");
  if (!form) return;
  form.dataset.draft = `note-${conversation}`;
  beginDraft(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    write(form);
  });
}
