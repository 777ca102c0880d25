// A message that is on its way stands in the thread already, as the writer sees it, until the server's own row comes.

import { all, copyOf, element, icon, on, one } from "./dom.js";
import { stuck, tryNow, waiting, whenOutbox } from "./outbox.js";
import { keepPlace } from "./scroll.js";
import { catchUp, catchUpSoon, conversation, whenChanged } from "./thread.js";
import { word } from "./words.js";

// Stored, but not yet seen in an answer of the server: their rows stay until then.
const stored = new Map();

function draw() {
  const mine = [...stored.values(), ...waiting().filter((entry) => entry.conversation === conversation)];
  const keys = new Set(mine.map((entry) => entry.key).filter((key) => !document.getElementById(`m-${key}`)));
  keepPlace(() => {
    for (const row of all("[data-pending-row]")) if (!keys.has(row.dataset.pendingRow)) row.remove();
    for (const entry of mine) if (keys.has(entry.key)) update(rowOf(entry), entry);
  });
  for (const key of stored.keys()) if (!keys.has(key)) stored.delete(key);
}

function rowOf(entry) {
  const id = `p-${entry.key}`;
  const found = document.getElementById(id);
  if (found) return found;
  const row = copyOf("pending");
  row.id = id;
  row.dataset.pendingRow = entry.key;
  one("[data-body]", row).textContent = entry.body;
  one("[data-body]", row).hidden = !entry.body;
  one("[data-files]", row).append(...entry.files.map(fileLine));
  one("[data-log]").append(row);
  return row;
}

function fileLine(file) {
  const name = element("span", { className: "nm", dir: "auto", textContent: file.name });
  const page = element("span", { className: "page" }, icon("file-text"));
  return element("div", { className: "file" }, page, name);
}

function update(row, entry) {
  const waits = stuck() && !stored.has(entry.key);
  one("[data-state]", row).textContent = word(waits ? "waits" : "sending");
  one("[data-retry]", row).hidden = !waits;
}

async function sent({ entry }) {
  if (entry.conversation !== conversation) return;
  stored.set(entry.key, entry);
  draw();
  await catchUpSoon();
}

/** Another tab may have sent it, or got it back: the server knows which. */
async function changed() {
  const keys = new Set([...stored.keys(), ...waiting().map((entry) => entry.key)]);
  const gone = all("[data-pending-row]").some((row) => !keys.has(row.dataset.pendingRow));
  if (gone) await catchUpSoon();
  draw();
}

export function begin() {
  whenOutbox("sent", sent);
  whenOutbox("changed", changed);
  whenChanged(draw);
  on("click", "[data-retry]", tryNow);
  draw();
}
