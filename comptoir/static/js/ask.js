// One question after the other without leaving the page: an answer is sent, and what follows takes its place.

import { all, fromServer, on, one } from "./dom.js";
import { keep, kept, drop } from "./store.js";
import { me } from "./identity.js";
import { toast } from "./toast.js";
import { word } from "./words.js";

const PATIENCE = 120_000; // a photograph over a poor line
const FAR = 60; // pixels that a finger goes before it is a swipe

let isGoing = false;

const draft = (field) => `draft:${me}:question-${field.dataset.kept}`;

async function show(url, given = {}) {
  if (isGoing) return;
  isGoing = true;
  one("[data-ask-page]").setAttribute("aria-busy", "true");
  try {
    const response = await fetch(url, { ...given, signal: AbortSignal.timeout(PATIENCE) });
    if (response.status >= 500) throw new TypeError(`Answered ${response.status}`);
    if (response.ok && given.method) forget();
    place(await response.text(), response.url);
  } catch {
    toast(word("unreachable"), { sign: "wifi-off" });
  } finally {
    isGoing = false;
    one("[data-ask-page]").removeAttribute("aria-busy");
  }
}

/** What is no question of this flow (the sign-in, the list, an error) is a page of its own. */
function place(html, url) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = one("[data-ask-page]", page);
  if (!fresh) {
    location.assign(url);
    return;
  }
  one("[data-ask-page]").replaceWith(fromServer(fresh.outerHTML));
  document.title = page.title;
  if (url !== location.href) history.pushState(null, "", url);
  begun();
  scrollTo(0, 0);
  one("#content").focus({ preventScroll: true });
}

function sent(event, form) {
  event.preventDefault();
  const { submitter } = event;
  const fields = new FormData(form);
  if (submitter?.name) fields.append(submitter.name, submitter.value);
  const url = submitter?.hasAttribute("formaction") ? submitter.formAction : form.action;
  show(url, { method: "POST", body: fields });
}

function forget() {
  for (const field of all("[data-kept]")) drop(draft(field));
}

function begun() {
  for (const field of all("[data-kept]")) {
    field.value ||= kept(draft(field)) ?? "";
    if (field.value) field.closest("details").open = true;
  }
}

/** A photograph that was taken is the answer: no second tap. */
function pictured(event, input) {
  if (input.files.length) input.form.requestSubmit(one("button[name=choice]", input.form));
}

function beginSwipes() {
  let from = null;
  on("touchstart", ".ask-body", ({ changedTouches: [touch] }) => (from = touch), { passive: true });
  on("touchend", ".ask-body", ({ changedTouches: [touch] }) => swiped(touch.clientX - from.clientX, touch.clientY - from.clientY), { passive: true });
}

function swiped(across, down) {
  if (Math.abs(across) < FAR || Math.abs(across) < 2 * Math.abs(down)) return;
  const link = one(`.turn [rel=${across < 0 ? "next" : "prev"}]`);
  if (link) show(link.href);
}

export function begin() {
  on("submit", "[data-ask-page] form", sent);
  on("change", "[data-photo] input", pictured);
  on("input", "[data-kept]", (event, field) => keep(draft(field), field.value));
  on("click", ".turn a", (event, link) => {
    if (event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    show(link.href);
  });
  addEventListener("popstate", () => location.reload());
  beginSwipes();
  begun();
}
