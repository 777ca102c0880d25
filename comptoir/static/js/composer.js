// The text bar: what is written is handed to the outbox at once, and comes back if the server refuses it.

import { one } from "./dom.js";
import { clearError, showError } from "./errors.js";
import { keepDraft, dropDraft } from "./drafts.js";
import { newKey } from "./identity.js";
import { send, whenOutbox } from "./outbox.js";
import { toEnd } from "./scroll.js";
import { whenChanged } from "./thread.js";
import { areUnderWay, clearFiles, failedIn, filesOf, showFiles } from "./uploads.js";
import { word } from "./words.js";

const CLOSED = "conversation_closed";

const bodyOf = (form) => one("[name=body]", form);
const isEmpty = (form) => !bodyOf(form).value.trim() && !filesOf(form).length;

/** Whether the message can go now; if not, the form says why, and goes by itself once the files are up. */
export function isReady(form) {
  clearError(form);
  const failed = failedIn(form);
  if (failed) showError(form, word("upload_failed", { name: failed.name }));
  else if (areUnderWay(form)) waitForFiles(form);
  else return true;
  return false;
}

function waitForFiles(form) {
  showError(form, word("uploading"));
  form.dataset.goesWithFiles = "";
}

function filesChanged(form) {
  if (!("goesWithFiles" in form.dataset) || areUnderWay(form)) return;
  delete form.dataset.goesWithFiles;
  clearError(form);
  if (!failedIn(form)) form.requestSubmit();
}

function submit(form, { reopening = false } = {}) {
  if (!isReady(form)) return;
  if (isEmpty(form)) {
    bodyOf(form).focus();
    return;
  }
  const expects = one("[name=expects_answer]", form);
  const entry = {
    key: newKey(),
    url: form.action,
    conversation: form.dataset.draft,
    body: bodyOf(form).value,
    files: filesOf(form).map(({ id, name, size, type }) => ({ id, name, size, type })),
    expects_answer: Boolean(expects?.checked),
    reopening,
  };
  empty(form, expects);
  send(entry); // keeps it before anything else can happen
  dropDraft(form);
  toEnd();
}

function empty(form, expects) {
  bodyOf(form).value = "";
  if (expects) expects.checked = false;
  clearFiles(form);
  bodyOf(form).dispatchEvent(new Event("emptied", { bubbles: true }));
  bodyOf(form).focus();
}

/** Back into the box, before what was written meanwhile, with the reason beside it. */
function takeBack(form, { entry, failure }) {
  if (entry.conversation !== form.dataset.draft) return;
  const body = bodyOf(form);
  body.value = [entry.body, body.value].filter(Boolean).join("\n\n");
  if (entry.files.length) showFiles(form, [...entry.files, ...filesOf(form)]);
  keepDraft(form);
  settlePlace(form);
  const again = { text: word("reopen_and_send"), act: () => submit(form, { reopening: true }) };
  showError(form, failure.message, failure.code === CLOSED ? again : undefined);
  body.focus();
}

/** Where nothing can be written any more the bar goes, unless there is text in it that would go with it. */
export function settlePlace(form) {
  const place = form.closest("[data-composer-place]");
  const isChosen = !place.dataset.panel || one(`[data-tab="${place.dataset.panel}"][aria-current]`);
  place.hidden = !isChosen || ("isClosed" in place.dataset && isEmpty(form));
}

function allowed(form, mayPost) {
  const place = form.closest("[data-composer-place]");
  if (mayPost) delete place.dataset.isClosed;
  else place.dataset.isClosed = "";
  settlePlace(form);
}

/** "Expects an answer" is on while a question is open; whoever is writing has chosen already. */
function followAsking(form) {
  const expects = one("[name=expects_answer]", form);
  let isAsking = expects?.defaultChecked;
  whenChanged((answer) => {
    if (!expects || answer.is_asking === isAsking) return;
    isAsking = answer.is_asking;
    if (isEmpty(form)) expects.checked = isAsking;
  });
}

/** Without `field-sizing` (Firefox, older Safari) the bar grows by its lines; styles cap it at eight. */
function grow(body) {
  if (CSS.supports("field-sizing", "content")) return;
  body.rows = Math.min(8, Math.max(Number(body.dataset.rows), body.value.split("\n").length));
}

export function begin(form) {
  const body = bodyOf(form);
  body.dataset.rows = body.rows;
  for (const type of ["input", "emptied"]) body.addEventListener(type, () => grow(body));
  form.addEventListener("files", () => filesChanged(form));
  if (!form.hasAttribute("data-new")) beginInThread(form);
}

function beginInThread(form) {
  const place = form.closest("[data-composer-place]");
  if (place.hidden) place.dataset.isClosed = "";
  settlePlace(form); // a draft may have come back
  place.addEventListener("allowed", ({ detail }) => allowed(form, detail));
  whenOutbox("refused", (said) => takeBack(form, said));
  followAsking(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(form);
  });
}
