// Messages on their way. Each is kept in the browser with its own key until the server has it: it survives a reload,
// a crash and a lost connection, and may be sent any number of times, for the server knows it by its key.

import { me } from "./identity.js";
import { hear } from "./live.js";
import { post, Refusal, Unreachable } from "./post.js";
import { keep, kept, whenChangedElsewhere } from "./store.js";

const NAME = `outbox:${me}`;
const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 30_000;

const events = new EventTarget();
let entries = kept(NAME) ?? [];
let isKept = true;
let isStuck = false;
let isSending = false;
let timer;
let tries = 0;

/** "changed"; "sent" and "refused" with `{entry, failure}`. */
export const whenOutbox = (kind, tell) => events.addEventListener(kind, (event) => tell(event.detail));

export const waiting = () => entries;

/** Whether the last attempt did not reach the server. */
export const stuck = () => isStuck;

/** The other tabs' messages too; where the browser keeps nothing, those of this page. */
const all = () => (isKept ? (kept(NAME) ?? []) : entries);

function set(next) {
  entries = next;
  isKept = keep(NAME, entries.length ? entries : undefined);
  changed();
}

function changed() {
  events.dispatchEvent(new CustomEvent("changed"));
}

/** Takes a message over: `{key, url, conversation, body, files, expects_answer, reopening}`. */
export function send(entry) {
  set([...all(), entry]);
  return flush();
}

const remove = (entry) => set(all().filter((other) => other.key !== entry.key));

/** Sends what waits, in order. One tab at a time: not needed for exactness, but two would double every request. */
export async function flush() {
  clearTimeout(timer);
  if (isSending || !entries.length) return;
  isSending = true;
  try {
    if (navigator.locks) await navigator.locks.request(NAME, { ifAvailable: true }, (lock) => lock && sendAll());
    else await sendAll();
  } finally {
    isSending = false;
  }
  if (entries.length) later();
}

/** In order within a conversation; one whose message the server cannot take just now does not hold up the others. */
async function sendAll() {
  const heldUp = new Set();
  for (let entry; (entry = entries.find(({ conversation }) => !heldUp.has(conversation))); ) {
    try {
      await post(entry.url, fieldsOf(entry));
    } catch (failure) {
      if (failure instanceof Refusal) refused(entry, failure);
      else if (failure instanceof Unreachable) notReached();
      else throw failure;
      if (failure instanceof Unreachable && !failure.status) return;
      if (failure instanceof Unreachable) heldUp.add(entry.conversation);
      continue;
    }
    isStuck = heldUp.size > 0;
    tries = 0;
    events.dispatchEvent(new CustomEvent("sent", { detail: { entry } }));
    remove(entry);
  }
}

/** Asking again would not help: whoever wrote it gets it back. */
function refused(entry, failure) {
  remove(entry);
  events.dispatchEvent(new CustomEvent("refused", { detail: { entry, failure } }));
}

function notReached() {
  isStuck = true;
  changed();
}

function later() {
  timer = setTimeout(flush, Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries));
  tries += 1;
}

function fieldsOf(entry) {
  const fields = [
    ["key", entry.key],
    ["body", entry.body],
    ...entry.files.map((file) => ["files", file.id]),
  ];
  if (entry.expects_answer) fields.push(["expects_answer", "on"]);
  if (entry.reopening) fields.push(["reopening", "on"]);
  return fields;
}

/** Now, whatever the wait was: the line is back, or the reader asks. */
export function tryNow() {
  tries = 0;
  return flush();
}

export function begin() {
  whenChangedElsewhere(NAME, () => {
    entries = all();
    changed();
  });
  hear("up", tryNow);
  addEventListener("online", tryNow);
  flush();
}
