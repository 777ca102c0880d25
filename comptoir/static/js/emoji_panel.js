// Emoji by group and by name in the reader's language. The names are a file of ours, so it works without a network.

import { all, element, insertAtCaret, one } from "./dom.js";
import { getJson } from "./post.js";
import { keep, kept } from "./store.js";
import { word } from "./words.js";

const RECENT = "emoji:recent";
const RECENT_MOST = 24;
const FOUND_MOST = 120;

let emoji = [];
let panel = null;
let opener;
let field;

// As the server folds what it searches: few keyboards have the ligatures.
const LIGATURES = { œ: "oe", æ: "ae", ß: "ss" };
const fold = (text) =>
  text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[œæß]/g, (letters) => LIGATURES[letters]);

export async function open(button, textarea) {
  [opener, field] = [button, textarea];
  if (!emoji.length) emoji = (await getJson(button.dataset.emoji)).map(read);
  close();
  panel = made();
  button.closest(".textbox, .bar").append(panel);
  button.setAttribute("aria-expanded", "true");
  showGroup(recent().length ? "recent" : emoji[0].group);
  one("input", panel).focus();
  document.addEventListener("pointerdown", outside, true);
}

export function close() {
  panel?.remove();
  panel = null;
  opener?.setAttribute("aria-expanded", "false");
  document.removeEventListener("pointerdown", outside, true);
}

const read = ([char, group, name, words]) => ({ char, group, name, search: fold(`${name} ${words}`) });

function outside(event) {
  if (!panel.contains(event.target) && !opener.contains(event.target)) close();
}

function recent() {
  const chars = kept(RECENT) ?? [];
  return chars.map((char) => emoji.find((one_) => one_.char === char)).filter(Boolean);
}

function made() {
  const search = element("input", { type: "search", className: "input find-emoji", autocomplete: "off" });
  search.placeholder = word("search_emoji");
  search.setAttribute("aria-label", word("search_emoji"));
  search.addEventListener("input", () => find(search.value));
  const cells = element("div", { className: "cells", role: "group", "aria-label": word("emoji") });
  cells.addEventListener("click", picked);
  for (const type of ["focusin", "pointerover"]) cells.addEventListener(type, named);
  const name = element("p", { className: "named-emoji", "aria-hidden": "true" });
  const made_ = element("div", { className: "emoji", role: "dialog", "aria-label": word("emoji") });
  made_.append(search, groups(), cells, name);
  made_.addEventListener("keydown", pressed);
  return made_;
}

function groups() {
  const firsts = new Map();
  if (recent().length) firsts.set("recent", { char: "🕘", name: word("emoji_recent") });
  for (const { group, char, name } of emoji) if (!firsts.has(group)) firsts.set(group, { char, name });
  const bar = element("div", { className: "groups" });
  for (const [group, { char, name }] of firsts) {
    const tab = element("button", { type: "button", textContent: char, title: name, "aria-label": name });
    tab.dataset.group = group;
    tab.addEventListener("click", () => showGroup(group));
    bar.append(tab);
  }
  return bar;
}

function showGroup(group) {
  show(group === "recent" ? recent() : emoji.filter((each) => each.group === group));
  for (const tab of all("[data-group]", panel)) {
    tab.setAttribute("aria-pressed", String(tab.dataset.group === String(group)));
  }
}

/** Every word typed must begin a word of the name. */
function find(text) {
  const words = fold(text).split(/\s+/).filter(Boolean);
  if (!words.length) return showGroup(emoji[0].group);
  const fits = ({ search }) => words.every((start) => ` ${search}`.includes(` ${start}`));
  for (const tab of all("[data-group]", panel)) tab.setAttribute("aria-pressed", "false");
  show(emoji.filter(fits).slice(0, FOUND_MOST));
}

function show(list) {
  const cells = one(".cells", panel);
  const buttons = list.map(({ char, name }) =>
    element("button", { type: "button", textContent: char, title: name, "aria-label": name, tabIndex: -1 }),
  );
  cells.replaceChildren(...buttons);
  if (buttons.length) buttons[0].tabIndex = 0;
  else cells.append(element("p", { textContent: word("no_emoji") }));
  cells.scrollTop = 0;
}

function named({ target }) {
  const button = target.closest("button");
  if (button) one(".named-emoji", panel).textContent = `${button.textContent} ${button.title}`;
}

function picked({ target }) {
  const char = target.closest("button")?.textContent;
  if (!char) return;
  const back = document.activeElement;
  insertAtCaret(field, char);
  if (panel.contains(back)) back.focus(); // several in a row
  keep(RECENT, [char, ...(kept(RECENT) ?? []).filter((other) => other !== char)].slice(0, RECENT_MOST));
}

function pressed(event) {
  if (event.key === "Escape") {
    event.stopPropagation();
    close();
    field.focus();
  } else if (event.target.matches(".cells button")) {
    move(event);
  } else if (event.target.matches("input") && ["ArrowDown", "Enter"].includes(event.key)) {
    event.preventDefault(); // Enter here must not send the message
    const first = one(".cells button", panel);
    if (event.key === "ArrowDown") first?.focus();
    else first?.click();
  }
}

/** The arrows move in the grid; its width is whatever the screen made it. */
function move(event) {
  const buttons = all(".cells button", panel);
  const at = buttons.indexOf(event.target);
  const row = buttons.findIndex((button) => button.offsetTop > buttons[0].offsetTop);
  const width = row < 0 ? buttons.length : row;
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: width, ArrowUp: -width }[event.key];
  if (!step) return;
  event.preventDefault();
  if (at + step < 0) return one("input", panel).focus();
  const next = buttons[at + step];
  if (!next) return;
  event.target.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
