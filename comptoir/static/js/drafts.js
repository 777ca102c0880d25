// What was typed and not sent: kept in the browser at every pause, restored when the page comes back.

import { all, one, settled } from "./dom.js";
import { me } from "./identity.js";
import { drop, keep, kept, keptNames, whenChangedElsewhere } from "./store.js";
import { filesOf, showFiles } from "./uploads.js";

const PAUSE = 300;
const NOT_KEPT = ["csrfmiddlewaretoken", "upload", "files", "find"];

export const draftName = (place) => `draft:${me}:${place}`;

let isForgotten = false;

const nameOf = (form) => draftName(form.dataset.draft);

/** Nothing worth keeping: choices alone are no draft. */
const isEmpty = ({ fields, files }) =>
  !files.length && !fields.some(([name, value]) => ["body", "subject"].includes(name) && value.trim());

function draftOf(form) {
  const fields = [...new FormData(form)].filter(([name]) => !NOT_KEPT.includes(name));
  const files = filesOf(form).filter((file) => file.id);
  return { fields, files: files.map(({ id, name, size, type }) => ({ id, name, size, type })) };
}

export function keepDraft(form) {
  if (isForgotten || "isSent" in form.dataset) return;
  const draft = draftOf(form);
  const isKept = isEmpty(draft) ? drop(nameOf(form)) : keep(nameOf(form), draft);
  const sign = one("[data-kept]", form);
  if (sign) sign.hidden = isEmpty(draft) || !isKept;
}

export function dropDraft(form) {
  drop(nameOf(form));
}

/** Nothing stays in this browser, not even what the page would keep with its last breath. */
export function forgetAll() {
  isForgotten = true;
  for (const prefix of ["draft:", "outbox:", "emoji:"]) for (const name of keptNames(prefix)) drop(name);
}

/** Puts a draft back. What the server itself wrote into the form (a text it refused) is newer than any draft. */
function restore(form) {
  const draft = kept(nameOf(form));
  if (!draft) return;
  showFiles(form, draft.files);
  if (!isEmpty({ ...draftOf(form), files: [] })) return;
  fill(form, draft.fields);
  form.restored = draft.fields; // for the desk's script, which begins later
}

function fill(form, fields) {
  const values = Map.groupBy ? Map.groupBy(fields, ([name]) => name) : grouped(fields);
  // What was not ticked stands in no draft: the page's own choice is not to come in its place.
  for (const { name } of all("[type=radio], [type=checkbox]", form)) if (name) values.set(name, values.get(name) ?? []);
  for (const [name, pairs] of values) {
    const given = pairs.map(([, value]) => value);
    // A dossier that the address of the page names was chosen after the draft was left.
    if (name === "company" && all("[name=company]:checked", form).length) continue;
    for (const field of all(`[name="${name}"]`, form)) {
      if (["radio", "checkbox"].includes(field.type)) field.checked = given.includes(field.value);
      else [field.value] = given;
    }
  }
}

function grouped(pairs) {
  const groups = new Map();
  for (const pair of pairs) groups.set(pair[0], [...(groups.get(pair[0]) ?? []), pair]);
  return groups;
}

/** The same conversation in two tabs is one draft: the tab in which nobody types shows what the other keeps. */
function mirror(form) {
  if (form.contains(document.activeElement) && document.hasFocus()) return;
  const draft = kept(nameOf(form));
  if (draft) fill(form, draft.fields);
  else one("[name=body]", form).value = "";
  showFiles(form, draft?.files ?? []);
}

export function begin(form) {
  restore(form);
  const keepNow = () => keepDraft(form);
  const soon = settled(keepNow, PAUSE);
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("files", keepNow);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keepNow());
  addEventListener("pagehide", keepNow);
  whenChangedElsewhere(nameOf(form), () => mirror(form));
}
