// The list of all keys, made from what is on the page, and the switch that turns them off.

import { all, element } from "./dom.js";
import { showDialog } from "./dialog.js";
import { drop, keep, kept } from "./store.js";
import { word } from "./words.js";

const OFF = "keys:off";

export const areOn = () => !kept(OFF);

const keyShown = (key) => element("kbd", { className: "kbd", textContent: key });

function line(keys, text) {
  return element("li", {}, element("span", {}, ...keys.map(keyShown)), element("span", { textContent: text }));
}

const textWithoutKeys = (of) => {
  const copy = of.cloneNode(true);
  for (const key of all("kbd, .n, svg", copy)) key.remove();
  return (of.getAttribute("aria-label") ?? copy.textContent).trim();
};

const nameOf = (of) => (of.labels?.length ? of.labels[0].textContent.trim() : textWithoutKeys(of));

function lines() {
  const found = new Map();
  for (const hint of all(".hints > span:has(kbd)")) {
    const keys = all("kbd", hint).map((key) => key.textContent);
    found.set(keys.join(), [keys, textWithoutKeys(hint)]);
  }
  for (const target of all("[data-key]")) {
    const { key } = target.dataset;
    if (!found.has(key)) found.set(key, [[key], nameOf(target)]);
  }
  found.set("/", [["/"], word("search")]);
  for (const place of all("[data-go]")) found.set(place, [["g", place.dataset.go], nameOf(place)]);
  return [...found.values()].map(([keys, text]) => line(keys, text));
}

function switchOfKeys() {
  const box = element("input", { type: "checkbox", checked: areOn() });
  box.setAttribute("role", "switch");
  box.addEventListener("change", () => (box.checked ? drop(OFF) : keep(OFF, true)));
  return element("label", { className: "switch" }, box, word("keys_on"));
}

export function showShortcuts() {
  const list = element("ul", { className: "shortcuts" }, ...lines());
  showDialog(word("shortcuts"), element("h2", { textContent: word("shortcuts") }), list, switchOfKeys());
}
