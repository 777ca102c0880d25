// The desk's keyboard: one key, one verb. They can be switched off in the list of them (WCAG 2.1.4), which `?` shows.

import { all, isTyping, one } from "./dom.js";
import { clear, currentRow, doWithRows, isSelecting, move, tickToCurrent, toggleCurrent } from "./selection.js";
import { areOn, showShortcuts } from "./shortcuts.js";

const SEQUENCE = 1_500;

let isGoing = false;
let timer;

const rowKeys = {
  j: () => move(1),
  k: () => move(-1),
  o: () => open(""),
  r: () => open("#reply"),
  n: () => open("#note"),
  x: toggleCurrent,
  X: tickToCurrent,
};

function open(where) {
  const link = one("[data-open]", currentRow() ?? document.createElement("p"));
  if (link) location.assign(link.href + where);
}

function go(key) {
  isGoing = false;
  one(`[data-go="${CSS.escape(key)}"]`)?.click();
}

function expectSecond() {
  isGoing = true;
  clearTimeout(timer);
  timer = setTimeout(() => (isGoing = false), SEQUENCE);
}

function press(target) {
  if (target.matches("button, a, summary")) target.click();
  else target.focus();
}

function search() {
  const field = one("[data-key='/'], #find, main input[type=search]");
  if (!field) return location.assign(document.body.dataset.search);
  field.focus();
  field.select?.();
}

/** Whether the key meant something. What stands on the page comes before what the list offers. */
function done(key) {
  if (isGoing) return go(key), true;
  if (key === "g") return expectSecond(), true;
  if (key === "?") return showShortcuts(), true;
  if (key === "/") return search(), true;
  const onPage = one(`[data-key="${CSS.escape(key)}"]`);
  if (onPage?.checkVisibility()) return press(onPage), true;
  const inRow = one(`[data-row-key="${CSS.escape(key)}"]`, currentRow() ?? document.createElement("p"));
  if (inRow) return inRow.click(), inRow.parentElement.querySelector("textarea")?.focus(), true;
  const bulk = all("[data-bulk-verb]").find((button) => one(".k", button)?.textContent === key);
  if (bulk) return doWithRows(bulk.dataset.bulkVerb), true;
  if (!one("[data-row]") || !rowKeys[key]) return false;
  return rowKeys[key](), true;
}

function escape(event) {
  if (isTyping(event.target)) event.target.blur(); // what was typed stays; the keys are verbs again
  else if (isSelecting()) clear();
}

function pressed(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || one("dialog[open]")) return;
  if (event.key === "Escape") escape(event);
  else if (areOn() && !isTyping(event.target) && done(event.key)) event.preventDefault();
}

export function begin() {
  document.addEventListener("keydown", pressed);
}
