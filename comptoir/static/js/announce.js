// A screen reader says new messages of others, once each. The log itself is silent: its ticks and older pages change too.

import { element, one } from "./dom.js";

const FORGOTTEN = 10_000;
const LONGEST = 300;

export function announce(rows) {
  const place = one("[data-announce]");
  for (const row of rows) {
    const line = element("p", { textContent: textOf(row).slice(0, LONGEST) });
    place?.append(line);
    setTimeout(() => line.remove(), FORGOTTEN);
  }
}

function textOf(row) {
  const parts = [".who b", ".bubble", ".nm"].map((selector) => one(selector, row)?.innerText ?? "");
  return row.matches(".sys") ? row.innerText : parts.filter(Boolean).join(": ");
}
