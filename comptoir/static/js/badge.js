// The number on the icon of the installed portal: what waits for this person, whatever they are signed in as.

import { one } from "./dom.js";

const isPossible = "setAppBadge" in navigator;
/** A page that shows one conversation only does not know what waits besides. */
const isKnown = Boolean(one("[data-counter=to_handle]"));
const isSeveral = "several" in document.body.dataset;

let shown;
let elsewhere;

/** What waits elsewhere is known only once the server was asked; until then the number stays as it is. */
export function showBadge(counters) {
  elsewhere = counters.elsewhere ?? elsewhere;
  if (!isKnown || (isSeveral && elsewhere === undefined)) return;
  put(counters.to_handle + (elsewhere ?? 0));
}

export const clearBadge = () => put(0);

function put(number) {
  if (!isPossible || number === shown) return;
  shown = number;
  // Refused where the portal is a page among others: then there is no icon either.
  navigator.setAppBadge(number).catch(() => undefined);
}
