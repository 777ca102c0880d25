// What waits for me: in the navigation and before the page's title.

import { showBadge } from "./badge.js";
import { all, one, settled } from "./dom.js";
import { hear } from "./live.js";
import { getJson, Unreachable } from "./post.js";
import { word } from "./words.js";

const title = document.title;

/** `{to_handle, unread}`, of the staff also what waits of questions, and now and then `elsewhere`, as the answers of the server carry them. */
export function showCounters(counters) {
  for (const [name, number] of Object.entries(counters)) {
    for (const place of all(`[data-counter="${name}"]`)) showNumber(place, number);
  }
  showBadge(counters);
  document.title = counters.to_handle ? `(${counters.to_handle}) ${title}` : title;
}

function showNumber(place, number) {
  place.hidden = !number;
  (one("[data-number]", place) ?? place).textContent = number;
  if (place.title) place.title = word("to_handle", { n: number }) || place.title;
}

async function ask() {
  try {
    showCounters(await getJson(document.body.dataset.counters ?? "/counters"));
  } catch (failure) {
    if (!(failure instanceof Unreachable)) throw failure; // the next sign of life asks again
  }
}

export function begin() {
  if (!one("[data-counter]")) return;
  const shown = one('[data-counter="to_handle"] [data-number]');
  showCounters({ to_handle: Number(shown?.textContent ?? 0) });
  const soon = settled(ask, 200);
  const open = one("[data-thread]")?.dataset.thread;
  hear("sync", soon);
  // The answers of an open thread bring them along.
  hear("change", (change) => change.conversation !== open && soon());
}
