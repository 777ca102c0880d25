// A file whose preview is still being made: its card is asked for again, a few times and ever more rarely.

import { all } from "./dom.js";

const TRIES = [800, 1_500, 3_000, 6_000, 12_000];

async function renew(card, [wait, ...rest]) {
  if (!wait) return;
  await new Promise((done) => setTimeout(done, wait));
  if (!card.isConnected) return;
  const answer = await fetch(card.dataset.card).catch(() => undefined); // offline: the next visit shows it
  if (!answer?.ok) return;
  const fresh = document.createRange().createContextualFragment(await answer.text()).firstElementChild;
  if (fresh.dataset.card) renew(card, rest);
  else card.replaceWith(fresh);
}

/** Looks after the cards in what was just put on the page. */
export function watchCards(place) {
  for (const card of all("[data-card]:not([data-watched])", place)) {
    card.dataset.watched = "";
    renew(card, TRIES);
  }
}
