// Drafts of many dossiers: a box for each dossier, and a button that says how much leaves for how many.

import { all, on, one } from "./dom.js";
import { tick } from "./selection.js";
import { word } from "./words.js";

const rowsOf = (dossier) => all(`[data-row][data-dossier="${CSS.escape(dossier)}"]`);
const isTicked = (row) => one("input.tickbox", row).checked;
const counted = (what, n) => word(`${what}_${n === 1 ? "one" : "many"}`, { n });

function said() {
  for (const box of all("[data-select-dossier]")) {
    const ticks = rowsOf(box.dataset.selectDossier).map(isTicked);
    box.checked = ticks.every(Boolean);
    box.indeterminate = !box.checked && ticks.some(Boolean);
  }
  const button = one("[data-send-sum]");
  if (!button) return;
  const rows = all("[data-row]").filter(isTicked);
  const dossiers = new Set(rows.map((row) => row.dataset.dossier));
  button.disabled = !rows.length;
  const facts = { questions: counted("questions", rows.length), dossiers: counted("dossiers", dossiers.size) };
  one("span", button).textContent = word("send_to", facts);
}

export function begin() {
  if (!one("[data-select-dossier]")) return;
  on("click", "[data-select-dossier]", (event, box) => tick(rowsOf(box.dataset.selectDossier), box.checked));
  document.addEventListener("selected", said);
  said();
}
