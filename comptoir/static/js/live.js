// What happens elsewhere, told to this page: by the stream, by other tabs, and by asking from time to time.
//
// Listeners hear: "change" {conversation, revision}, "typing" {conversation, name}, "sync" (something may have been
// missed: ask for what is lacking), "up" and "down" (of the line), "version" (the server is newer than the page).

import { me } from "./identity.js";
import { Stream } from "./stream.js";

const events = new EventTarget();
const NOW_AND_THEN = 60_000;
const WHILE_DEGRADED = 10_000;

// One stream for all tabs: a browser opens six connections to a host, and six tabs would use them up. The tab in
// front holds it, because a browser slows down the timers of the others and may put them to sleep.
const name = `live:${me}`;
const channel = globalThis.BroadcastChannel ? new BroadcastChannel(name) : null;

let stream = null;
let isLeading = false;
let isInLine = false;
let isUp = true;
let hasNoPlace = false; // this person has as many streams as one may have: the page asks instead
let version = "";
let timer;

export const hear = (kind, listen) => events.addEventListener(kind, (event) => listen(event.detail));
export const isConnected = () => isUp;

/** Whether this tab is the one that keeps lists fresh and takes messages in while no tab is in front. */
export const leads = () => isLeading || !navigator.locks;

/** Tells this tab and the others, as if the server had. */
export function tellAll(kind, detail) {
  channel?.postMessage({ kind, detail });
  tell(kind, detail);
}

export function begin(url) {
  stream = new Stream(url, heard);
  channel?.addEventListener("message", ({ data }) => tell(data.kind, data.detail));
  document.addEventListener("visibilitychange", inFront);
  addEventListener("online", () => isLeading && stream.open());
  if (navigator.locks) lead(document.visibilityState === "visible");
  else stream.open();
  askAfter(NOW_AND_THEN);
}

/** For whoever has no stream of their own: a visitor by the link of a mail, for some minutes. */
export function beginAsking() {
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && tell("sync"));
  askAfter(WHILE_DEGRADED);
}

function lead(atOnce) {
  if (!atOnce && isInLine) return;
  isInLine ||= !atOnce;
  navigator.locks.request(name, { steal: atOnce }, () => hold(atOnce)).catch(standAside);
}

function hold(atOnce) {
  isInLine &&= atOnce;
  isLeading = true;
  stream.open();
  return new Promise(() => {}); // until this page goes, or another comes to the front
}

function standAside() {
  isLeading = false;
  stream.close();
  lead(false);
}

function inFront() {
  if (document.visibilityState !== "visible") return;
  if (navigator.locks && !isLeading) lead(true);
  else if (hasNoPlace) stream.open(); // whoever looks at this page now looks at it less elsewhere
  tell("sync");
}

/** What the stream itself says, translated for those who listen. */
function heard(kind, data) {
  if (kind === "change" || kind === "typing") return tellAll(kind, data);
  if (kind === "desk") return tellAll("change", data); // a note, an assignment: the page asks for it alike
  if (kind === "down") return tellAll("down");
  if (kind === "hello") tellAll("hello", data);
  if (kind === "revoked") tellAll("revoked");
  if (kind === "sync") tellAll("sync");
  hasNoPlace = kind === "replaced";
  askAfter(hasNoPlace || kind === "degraded" || data.degraded ? WHILE_DEGRADED : NOW_AND_THEN);
}

function tell(kind, detail = {}) {
  if (kind === "revoked") location.reload(); // the server knows where to lead whoever lost an access
  if (kind === "down") isUp = false;
  if (kind === "hello") greeted(detail);
  else events.dispatchEvent(new CustomEvent(kind, { detail }));
}

function greeted(hello) {
  isUp = true;
  const wasOlder = version && version !== hello.version;
  version = hello.version;
  events.dispatchEvent(new CustomEvent("up", { detail: {} }));
  events.dispatchEvent(new CustomEvent("sync", { detail: {} }));
  if (wasOlder) events.dispatchEvent(new CustomEvent("version", { detail: {} }));
}

function askAfter(wait) {
  clearInterval(timer);
  timer = setInterval(() => document.visibilityState === "visible" && tell("sync"), wait);
}
