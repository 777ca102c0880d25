// Verbs that are forms (close, reopen, handled, assign …): done in place. What they refuse is said by app.js.

import { on, one } from "./dom.js";
import { tellAll } from "./live.js";
import { post } from "./post.js";
import { catchUpSoon, thread } from "./thread.js";

/** Brings the page up to date after something of mine, without waiting for the stream. */
export async function refresh() {
  if (thread) await catchUpSoon();
  tellAll("sync");
}

async function act(event, form) {
  event.preventDefault();
  if (form.hasAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  try {
    await post(form.action, new FormData(form, event.submitter));
    await refresh();
  } finally {
    form.removeAttribute("aria-busy");
  }
  // The button that was pressed may be gone with its state; the next thing to do is to write, or to read on.
  if (document.activeElement === document.body) one("#content")?.focus({ preventScroll: true });
}

export function begin() {
  on("submit", "form[data-verb]", act);
}
