// The list of conversations stays fresh: the server renders it anew, and what the reader was doing in it stays.

import { all, fromServer, one, settled } from "./dom.js";
import { hear, leads } from "./live.js";
import { getPart, Unreachable } from "./post.js";

const SOON = 150;

let isStale = false;
let isAsking = false;
let press = null; // from a finger or a mouse button going down until the click that follows it

/** In another tab's shadow nothing is asked for: the tab in front does it, this one when it comes to the front. */
const isWorthIt = () => document.visibilityState === "visible" || leads();

async function renew() {
  isStale = true;
  if (isAsking || !isWorthIt()) return;
  isAsking = true;
  try {
    while (isStale) {
      isStale = false;
      const html = await getPart(location.href, "list");
      await press?.promise;
      place(html);
    }
  } catch (failure) {
    if (!(failure instanceof Unreachable)) throw failure; // the next sign of life asks again
  } finally {
    isAsking = false;
  }
}

function place(html) {
  const list = one("[data-list]");
  const fresh = fromServer(html);
  const scrolled = all("*", list).filter((part) => part.scrollTop > 0 && part.classList.length);
  const places = scrolled.map((part) => [`.${[...part.classList].join(".")}`, part.scrollTop]);
  const back = focusKept(list, fresh);
  list.replaceChildren(fresh);
  for (const [selector, top] of places) one(selector, list)?.scrollTo(0, top);
  back();
  list.dispatchEvent(new CustomEvent("renewed", { bubbles: true }));
}

/** A field in which somebody types moves over as it is; of anything else its equal gets the focus. */
function focusKept(list, fresh) {
  const active = document.activeElement;
  if (!list.contains(active)) return () => {};
  const { selectionStart, selectionEnd } = active;
  const same = equalOf(active, fresh);
  if (same?.matches("input[type=search]")) same.replaceWith(active);
  const next = same?.matches("input[type=search]") ? active : same;
  return () => {
    next?.focus({ preventScroll: true });
    if (next === active) active.setSelectionRange(selectionStart, selectionEnd);
  };
}

function equalOf(active, fresh) {
  const row = active.closest("[data-row]");
  if (row && active.matches(".tickbox")) return one(`[data-conversation="${row.dataset.conversation}"] .tickbox`, fresh);
  for (const name of ["id", "href", "name"]) {
    const value = active.getAttribute(name);
    if (value) return fresh.querySelector(`[${name}="${CSS.escape(value)}"]`);
  }
  return null;
}

/** A row that is replaced between going down and up would swallow the tap. */
function watchPresses() {
  addEventListener("pointerdown", () => (press ??= Promise.withResolvers()));
  const released = () =>
    setTimeout(() => {
      press?.resolve();
      press = null;
    });
  for (const kind of ["pointerup", "pointercancel"]) addEventListener(kind, released);
}

export function begin() {
  if (!one("[data-list]")) return;
  watchPresses();
  const soon = settled(renew, SOON);
  hear("change", soon);
  hear("sync", soon);
}
