// A file whose preview is still being made: its card is asked for again, a few times and ever more rarely.

import { all, rowFrom } from "./dom.js";
import { getPart } from "./post.js";
import { keepPlace } from "./scroll.js";
import { whenChanged } from "./thread.js";

const TRIES = [800, 1_500, 3_000, 6_000, 12_000];

async function renew(card, [wait, ...rest]) {
  if (!wait) return;
  await new Promise((done) => setTimeout(done, wait));
  if (!card.isConnected) return;
  const html = await getPart(card.dataset.card).catch(() => ""); // offline: the next visit shows it
  const fresh = rowFrom(html);
  if (!fresh) return;
  if (fresh.dataset.card) renew(card, rest);
  else keepPlace(() => card.replaceWith(fresh));
}

function watch() {
  for (const card of all("[data-card]:not([data-is-watched])")) {
    card.dataset.isWatched = "";
    renew(card, TRIES);
  }
}

export function begin() {
  watch();
  whenChanged(watch);
}
