// What somebody shared to the portal from their telephone: the worker kept it, a new conversation takes it.
//
// It stays in the browser until it is on the server, also while its owner signs in first.

import { one } from "./dom.js";
import { showError } from "./errors.js";
import { addFiles, areUnderWay, failedIn } from "./uploads.js";

const NAME = "shared"; // as in worker.js
const TOO_OLD = 24 * 3_600_000; // nobody looks for it any more, and somebody else may sit there

/** The store of what was shared; undefined where nothing ever was, or the browser keeps none. */
async function opened() {
  try {
    if (!(await indexedDB.databases()).some(({ name }) => name === NAME)) return undefined;
    return await answer(indexedDB.open(NAME));
  } catch {
    return undefined;
  }
}

function answer(request) {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
}

async function waiting() {
  const database = await opened();
  if (!database) return [];
  try {
    const all = await answer(database.transaction(NAME).objectStore(NAME).getAll());
    return all.filter(({ at }) => Date.now() - at < TOO_OLD);
  } catch {
    return [];
  } finally {
    database.close();
  }
}

export function forgetShared() {
  globalThis.indexedDB?.deleteDatabase(NAME);
}

function write(form, { title, text, url }) {
  const [subject, body] = ["subject", "body"].map((name) => one(`[name=${name}]`, form));
  if (title && !subject.value) subject.value = title;
  const lines = [body.value, text, url].filter(Boolean);
  body.value = [...new Set(lines)].join("\n");
  body.dispatchEvent(new Event("input", { bubbles: true }));
}

async function take(form) {
  const found = await waiting();
  if (!found.length) return;
  for (const one of found) write(form, one);
  const files = found.flatMap((one) => one.files);
  const refusal = files.length && addFiles(form, files);
  if (refusal) showError(form, refusal);
  // From here on the draft remembers them.
  const isSafe = () => !areUnderWay(form) && !failedIn(form);
  if (!files.length || refusal) forgetShared();
  else form.addEventListener("files", () => isSafe() && forgetShared());
}

export function begin(form) {
  if (one("[data-pick]", form)) take(form);
}
