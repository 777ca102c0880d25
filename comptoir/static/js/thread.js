// The open conversation: asks for what this page lacks since the revision it has, and puts it in place.

import { fromServer, one, on } from "./dom.js";
import { announce } from "./announce.js";
import { showCounters } from "./counters.js";
import { hear } from "./live.js";
import { getJson, Refusal, Unreachable } from "./post.js";
import { placeDays, placeNotes, placeRow, prepend } from "./rows.js";
import { keepPlace, tellArrived } from "./scroll.js";
import { lookedAt } from "./seen.js";

export const thread = one("[data-thread]");
export const conversation = thread?.dataset.thread;

const changes = new EventTarget();
let asking = null;
let isBehind = false;

/** Tells after each time the thread was brought up to date. */
export const whenChanged = (tell) => changes.addEventListener("change", (event) => tell(event.detail));

/** Resolves when this page has all that the server had when this was called; rejects where it cannot be reached. */
export function catchUp() {
  isBehind = true;
  asking ??= askUntilDone();
  return asking;
}

async function askUntilDone() {
  try {
    while (isBehind) {
      isBehind = false;
      const answer = await getJson(`${thread.dataset.changes}?since=${thread.dataset.revision}`);
      apply(answer);
      isBehind ||= answer.more;
    }
  } finally {
    asking = null;
  }
}

function apply(answer) {
  const added = [];
  keepPlace(() => {
    added.push(...answer.rows.map(placeRow).filter(Boolean));
    if (answer.notes) placeNotes(answer.notes);
    if (added.length) placeDays();
    changes.dispatchEvent(new CustomEvent("change", { detail: answer }));
  });
  thread.dataset.revision = answer.revision;
  showState(answer);
  showCounters(answer.counters);
  const others = added.filter((row) => !row.classList.contains("mine"));
  tellArrived(others.length);
  announce(others);
  lookedAt();
}

function showState(answer) {
  thread.toggleAttribute("data-closed", !answer.is_open);
  replaceIn("[data-actions]", answer.actions);
  replaceIn("[data-status]", answer.status);
  const place = one("[data-composer-place]");
  if (place) place.dispatchEvent(new CustomEvent("allowed", { bubbles: true, detail: answer.may_post }));
}

/** Leaves alone what says the same, so that a button with the focus keeps it. */
function replaceIn(selector, html) {
  const place = one(selector);
  const fresh = fromServer(html);
  if (!place || place.textContent.trim() === fresh.textContent.trim()) return;
  const hadFocus = place.contains(document.activeElement);
  place.replaceChildren(fresh);
  if (hadFocus) one("button, a", place)?.focus();
}

/** As `catchUp`, where nobody waits for it: the next sign of life asks again. */
export async function catchUpSoon() {
  try {
    await catchUp();
  } catch (failure) {
    if (failure instanceof Refusal) location.reload(); // not to be seen any more: the server says how it stands
    else if (!(failure instanceof Unreachable)) throw failure;
  }
}

async function showOlder(link) {
  const answer = await getJson(`${link.dataset.older}?before=${link.dataset.before}`);
  keepPlace(() => {
    prepend(answer.rows);
    placeDays();
    if (answer.oldest === null) link.closest("p").remove();
    else link.dataset.before = answer.oldest;
  });
  await catchUpSoon(); // brings the notes that stand among them
}

export function begin() {
  hear("sync", catchUpSoon);
  hear("change", (change) => change.conversation === conversation && catchUpSoon());
  on("click", "[data-older]", (event, link) => {
    event.preventDefault();
    showOlder(link);
  });
}
