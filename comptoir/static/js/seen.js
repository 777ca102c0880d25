// Tells the server that the reader looks at the newest message: only while the page is in front and stands there.

import { all, one } from "./dom.js";
import { tellAll } from "./live.js";
import { post, Unreachable } from "./post.js";
import { isAtEnd, whenAtEnd } from "./scroll.js";

const thread = one("[data-thread]");
// What the page was opened with, the server has noted already.
let told = newest();

/** The position of the newest row of somebody else. */
function newest() {
  return Math.max(0, ...all("[data-position]:not(.mine)").map((row) => Number(row.dataset.position)));
}

const isLooking = () => document.visibilityState === "visible" && document.hasFocus() && isAtEnd() && !one("[data-later]");

export async function lookedAt() {
  const revision = newest();
  if (revision <= told || !isLooking()) return;
  const before = told;
  told = revision;
  try {
    await post(thread.dataset.seen, { revision });
    // The lists of my other tabs hear of it from nobody else: the stream tells what changes for several people.
    tellAll("change", { conversation: thread.dataset.thread, revision });
  } catch (failure) {
    told = before;
    if (!(failure instanceof Unreachable)) throw failure;
  }
}

export function begin() {
  whenAtEnd(lookedAt);
  addEventListener("focus", lookedAt);
  document.addEventListener("visibilitychange", lookedAt);
}
