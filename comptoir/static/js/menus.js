// Menus made of <details>: they open without a script; with one, only one is open, and it closes as one expects.

import { all, on, one } from "./dom.js";

const openMenus = () => all("[data-menu][open]");

function close(menu) {
  menu.open = false;
}

function opened(menu) {
  for (const other of openMenus()) if (other !== menu && !other.contains(menu)) close(other);
  if (!menu.classList.contains("up") || "turned" in menu.dataset) turn(menu);
}

/** Upwards where it would not fit below, as at the newest message. */
function turn(menu) {
  menu.classList.remove("up");
  const frame = menu.closest("[data-scroll]")?.getBoundingClientRect();
  const isCut = frame && one(".pop", menu).getBoundingClientRect().bottom > frame.bottom;
  menu.classList.toggle("up", isCut);
  menu.dataset.turned = "";
}

function move(event, menu) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !menu.open) return;
  event.preventDefault();
  const items = all(".pop button, .pop a", menu);
  const at = items.indexOf(document.activeElement);
  items.at((at + step) % items.length)?.focus();
}

function escape(event) {
  const menu = openMenus().at(-1);
  if (event.key !== "Escape" || !menu) return;
  event.preventDefault();
  event.stopPropagation();
  close(menu);
  one("summary", menu).focus();
}

export function begin() {
  // "toggle" does not bubble, so it is caught on the way down.
  on("toggle", "[data-menu]", (event, menu) => menu.open && opened(menu), true);
  on("keydown", "[data-menu]", move);
  document.addEventListener("keydown", escape, true);
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) {
      const isInside = menu.contains(event.target);
      if (!isInside || event.target.closest(".pop button[type=button], .pop a")) close(menu);
    }
  });
}
