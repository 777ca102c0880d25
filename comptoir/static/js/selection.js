// Rows of the inbox: which one the keyboard stands on, which are ticked, and what is done with them together.

import { all, on, one } from "./dom.js";
import { post } from "./post.js";
import { toast } from "./toast.js";
import { refresh } from "./verbs.js";
import { word } from "./words.js";

const chosen = new Set();
let current = "";
let anchor = null;

const rows = () => all("[data-row]");
const idOf = (row) => row.dataset.conversation;
const boxOf = (row) => one("input.tickbox", row);

export const currentRow = () => rows().find((row) => idOf(row) === current);

/** The row that is `step` further; the first where there is none yet. */
export function move(step) {
  const all_ = rows();
  const at = all_.findIndex((row) => idOf(row) === current);
  const next = all_[at < 0 ? 0 : Math.min(all_.length - 1, Math.max(0, at + step))];
  if (!next) return;
  current = idOf(next);
  one("[data-open]", next).focus();
  show();
}

export function toggleCurrent() {
  const row = currentRow();
  if (!row) return;
  tick([row], !boxOf(row).checked);
  anchor = idOf(row);
}

export function tickToCurrent() {
  const row = currentRow();
  if (row) tickRange(row, true);
}

/** Set the boxes of these rows, and what follows from them. */
export function tick(some, isOn) {
  for (const row of some) {
    boxOf(row).checked = isOn;
    if (isOn) chosen.add(idOf(row));
    else chosen.delete(idOf(row));
  }
  show();
}

function show() {
  for (const row of rows()) {
    row.classList.toggle("sel", chosen.has(idOf(row)));
    row.classList.toggle("cur", idOf(row) === current);
  }
  document.dispatchEvent(new Event("selected"));
  const bar = one("[data-bulk]");
  if (bar) {
    bar.hidden = !chosen.size;
    const text = word(chosen.size === 1 ? "selected_one" : "selected_many", { n: chosen.size });
    one("[data-bulk-count]", bar).textContent = text;
  }
  const every = one("[data-select-all]");
  if (every) {
    every.checked = chosen.size > 0 && chosen.size === rows().length;
    every.indeterminate = chosen.size > 0 && !every.checked;
  }
}

/** With the shift key, all rows from the last one ticked to this. */
function clicked(event, box) {
  const row = box.closest("[data-row]");
  if (event.shiftKey) return tickRange(row, box.checked);
  tick([row], box.checked);
  anchor = idOf(row);
}

function tickRange(row, isOn) {
  const all_ = rows();
  const [from, to] = [all_.findIndex((other) => idOf(other) === anchor), all_.indexOf(row)];
  tick(from < 0 ? [row] : all_.slice(Math.min(from, to), Math.max(from, to) + 1), isOn);
  anchor = idOf(row);
}

export function clear() {
  for (const row of rows()) boxOf(row).checked = false;
  chosen.clear();
  show();
}

export const isSelecting = () => chosen.size > 0;

/** What is ticked, or else the row on which the keyboard stands. */
export async function doWithRows(url, more = []) {
  const ids = chosen.size ? [...chosen] : [current].filter(Boolean);
  if (!ids.length) return;
  const { refused } = await post(url, [...ids.map((id) => ["conversation", id]), ...more]);
  clear();
  await refresh();
  if (refused.length) toast(word("not_done", { n: refused.length, why: refused[0].message }), { sign: "circle-alert" });
}

/** The list was rendered anew: what is not in it any more is not selected any more. */
function renewed() {
  const present = new Set(rows().map(idOf));
  for (const id of chosen) if (!present.has(id)) chosen.delete(id);
  for (const row of rows()) boxOf(row).checked = chosen.has(idOf(row));
  show();
}

/** A form keeps its ticks when one comes back to the page; the browser sets them after the scripts have run. */
function returned() {
  for (const row of rows()) if (boxOf(row).checked) chosen.add(idOf(row));
  show();
}

export function begin() {
  if (!one("[data-list], [data-drafts]")) return;
  on("click", "[data-row] input.tickbox", clicked);
  on("click", "[data-select-all]", (event, box) => tick(rows(), box.checked));
  on("click", "[data-bulk-clear]", clear);
  on("click", "[data-bulk-verb]", (event, button) => {
    const { bulkVerb, bulkAssignee } = button.dataset;
    doWithRows(bulkVerb, bulkAssignee ? [["assignee", one(`#${bulkAssignee}`).value]] : []);
  });
  on("focusin", "[data-row]", (event, row) => {
    current = idOf(row);
    show();
  });
  document.addEventListener("renewed", renewed);
  addEventListener("pageshow", returned);
}
