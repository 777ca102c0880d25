// One short line at the foot of the page, in its status region, so that a screen reader says it too.

import { all, element, icon, one } from "./dom.js";

const SHOWN = 6_000;

/**
 * Shows a text; with `action` a button, whose press calls `act`. `ended` is called when it goes without that.
 * Returns a function that takes it away. A pointer or the focus on it keeps it there: nobody is hurried.
 */
export function toast(text, { sign = "info", action = "", act, ended, shown = SHOWN } = {}) {
  if (!text) return () => {};
  const line = element("p", { className: "toast" }, icon(sign), element("span", { textContent: text }));
  let timer;
  let isGone = false; // what goes with the focus on it would start to wait once more
  const leave = () => {
    isGone = true;
    clearTimeout(timer);
    line.remove();
  };
  const end = () => {
    leave();
    ended?.();
  };
  const wait = () => {
    clearTimeout(timer);
    if (!isGone) timer = setTimeout(end, shown);
  };
  if (action) line.append(button(action, () => (leave(), act())));
  for (const type of ["pointerenter", "focusin"]) line.addEventListener(type, () => clearTimeout(timer));
  for (const type of ["pointerleave", "focusout"]) line.addEventListener(type, wait);
  one("#status").append(line);
  wait();
  return leave;
}

function button(text, press) {
  const made = element("button", { type: "button", textContent: text });
  made.addEventListener("click", press);
  return made;
}

/** What the server said at the last form goes by itself as well. */
for (const line of all("[data-toast]")) setTimeout(() => line.remove(), SHOWN);
