// A page stays open for weeks: it is loaded anew when the server is newer, or the day another, and nobody notices.

import { all, one } from "./dom.js";
import { me } from "./identity.js";
import { hear } from "./live.js";
import { areUnderWay } from "./uploads.js";

const today = () => new Date().toDateString();

const since = today();
let isOutdated = false;

/** Nothing that a reload would end: drafts and the outbox survive it, an upload or an open edit would not. */
function isQuiet() {
  return document.hidden && !one(".edit-form, dialog") && !all("[data-composer]").some(areUnderWay);
}

function renew() {
  if ((isOutdated || since !== today()) && isQuiet()) location.reload();
}

/**
 * A membership is chosen for all tabs at once: one that still shows another company could only be refused. What was
 * typed in it is kept as a draft of that company's.
 */
function followChoice() {
  const choice = globalThis.BroadcastChannel && new BroadcastChannel("membership");
  if (!choice) return;
  choice.addEventListener("message", ({ data }) => data !== me && location.assign("/"));
  choice.postMessage(me);
}

export function begin() {
  if (document.body.dataset.live) followChoice(); // by the link of a mail nothing is chosen
  hear("version", () => {
    isOutdated = true;
    renew();
  });
  document.addEventListener("visibilitychange", renew);
  hear("sync", renew);
  // "Today" stands wrong since midnight: who comes back in the morning sees the page anew first.
  setInterval(renew, 600_000);
}
