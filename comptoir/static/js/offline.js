// Says when there is no connection, and when it is back. A short cut (a restart, a change of network) says nothing.

import { all, one } from "./dom.js";
import { hear, isConnected } from "./live.js";
import { toast } from "./toast.js";
import { word } from "./words.js";

const UNNOTICED = 2_000;

let timer;

function down() {
  timer ??= setTimeout(show, UNNOTICED);
}

function show() {
  timer = undefined;
  if (isConnected() && navigator.onLine) return;
  mark(true);
}

function up() {
  clearTimeout(timer);
  timer = undefined;
  if (one("#offline").hidden) return;
  mark(false);
  toast(word("back"), { sign: "cloud-check" });
}

function mark(isOffline) {
  one("#offline").hidden = !isOffline;
  for (const sign of all("[data-live-state]")) sign.hidden = isOffline;
}

export function begin() {
  hear("down", down);
  hear("up", up);
  addEventListener("offline", down);
  addEventListener("online", () => isConnected() && up());
}
