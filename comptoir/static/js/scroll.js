// The thread's scroller: a reversed column, so that it stands at its newest message without a script.

import { all, element, icon, on, one } from "./dom.js";
import { word } from "./words.js";

const NEARLY = 48;

const scroller = one("[data-scroll]");
const button = one("[data-jump]");
const atEnd = new EventTarget();
let arrived = 0;

export const isAtEnd = () => !scroller || Math.abs(scroller.scrollTop) < NEARLY;

export const whenAtEnd = (tell) => atEnd.addEventListener("end", tell);

export function toEnd() {
  scroller.scrollTop = 0;
  passed();
}

/** Changes the log so that what the reader is looking at stays where it is on the screen. */
export function keepPlace(change) {
  if (isAtEnd()) {
    change();
    scroller.scrollTop = 0;
    return;
  }
  const anchor = firstInView();
  const before = anchor.getBoundingClientRect().top;
  change();
  const still = document.getElementById(anchor.id) ?? anchor;
  scroller.scrollTop += still.getBoundingClientRect().top - before;
}

function firstInView() {
  const { top } = scroller.getBoundingClientRect();
  const rows = all("[data-log] > [id]");
  return rows.find((row) => row.getBoundingClientRect().bottom > top) ?? rows.at(-1);
}

/** Rows came in below while the reader looks further up: a button says how many, instead of a forced scroll. */
export function tellArrived(number) {
  if (!number || isAtEnd()) return;
  arrived += number;
  const text = word(arrived === 1 ? "new_one" : "new_many", { n: arrived });
  button.replaceChildren(icon("arrow-down"), element("span", { textContent: text }));
  button.hidden = false;
}

function passed() {
  if (!isAtEnd()) return;
  arrived = 0;
  button.hidden = true;
  atEnd.dispatchEvent(new Event("end"));
}

export function begin() {
  scroller.addEventListener("scroll", passed, { passive: true });
  on("click", "[data-jump]", () => {
    toEnd();
    one("[data-composer] textarea")?.focus({ preventScroll: true });
  });
}
