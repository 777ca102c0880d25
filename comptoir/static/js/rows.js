// Rows of the thread: put in their place, replaced by a newer version of themselves, under the right day.

import { all, element, one, rowFrom } from "./dom.js";

const log = one("[data-log]");

/** A note stands after the row whose position it carries; what is not stored yet stands last. */
function orderOf(row) {
  if (row.dataset.until) return Number(row.dataset.until);
  if (row.dataset.position) return Number(row.dataset.position);
  if (row.dataset.notePosition) return Number(row.dataset.notePosition) + 0.5;
  return row.matches("[data-pending-row]") ? Infinity : -1;
}

/** What stands further up than this page shows stays there: it comes with the other earlier messages. */
function isAbove(row) {
  const link = one("[data-older]", log);
  return Boolean(link) && orderOf(row) < Number(link.dataset.before);
}

/** An earlier page of the thread: what stood below it when it was loaded is shown by its link, not by a gap. */
function isBelow(row) {
  const link = one("[data-later]", log);
  const order = orderOf(row);
  return Boolean(link) && order > Number(link.dataset.later) && order <= Number(link.dataset.until);
}

/** Puts a row where it belongs. Returns it if it is new on this page, else null. */
export function placeRow(html) {
  const row = rowFrom(html);
  const old = document.getElementById(row.id);
  if (old) renew(old, row);
  if (old || isAbove(row) || isBelow(row)) return null;
  insert(row);
  return row;
}

function insert(row) {
  const order = orderOf(row);
  const next = [...log.children].findLast((other) => orderOf(other) <= order && !other.matches("[data-day]"));
  if (next) next.after(row);
  else log.prepend(row);
}

/** Most often only the tick is new: then the rest stays as it is, with an open menu or a focus in it. */
function renew(old, row) {
  row.classList.toggle("next", old.classList.contains("next"));
  if (differInMetaOnly(old, row)) {
    one(".meta", old)?.replaceWith(one(".meta", row) ?? "");
    old.dataset.revision = row.dataset.revision;
    return;
  }
  const form = one(".edit-form", old);
  row.hidden = old.hidden && !row.classList.contains("gone");
  old.replaceWith(row);
  if (form) row.dispatchEvent(new CustomEvent("editing", { bubbles: true, detail: form }));
}

function differInMetaOnly(old, row) {
  const facts = (of) => [
    of.className,
    one(".bubble", of)?.innerHTML,
    Boolean(one("[data-menu]", of)),
    ...all("a.file, a.photo", of).map((file) => file.href), // its picture is looked after by cards.js
  ];
  return String(facts(old)) === String(facts(row));
}

/** The internal notes are few and come all at once. */
export function placeNotes(htmls) {
  const fresh = htmls.map(rowFrom);
  const ids = new Set(fresh.map((note) => note.id));
  for (const old of all("[data-note-position]", log)) if (!ids.has(old.id)) old.remove();
  for (const note of fresh) {
    const old = document.getElementById(note.id);
    if (!old && !isAbove(note) && !isBelow(note)) insert(note);
    else if (old && old.textContent !== note.textContent) old.replaceWith(note);
  }
}

/** A line between two days, made anew: a row may have come before the first one of a day. */
export function placeDays() {
  for (const day of all("[data-day]", log)) day.remove();
  let day = "";
  for (const row of all("[data-day-text]", log)) {
    if (row.dataset.dayText !== day) {
      day = row.dataset.dayText;
      row.before(element("p", { className: "day", textContent: day, "data-day": "" }));
    }
  }
}

export function prepend(htmls) {
  const above = one("[data-older]", log)?.closest("p");
  const rows = htmls.map(rowFrom);
  if (above) above.after(...rows);
  else log.prepend(...rows);
}
