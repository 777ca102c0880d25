// Signing out leaves nothing of what was typed in this browser, and does not drop a message that is not sent yet.

import { clearBadge } from "./badge.js";
import { on } from "./dom.js";
import { forgetAll } from "./drafts.js";
import { tryNow, waiting } from "./outbox.js";
import { forgetShared } from "./shared.js";
import { toast } from "./toast.js";
import { word } from "./words.js";

async function leave(event, form) {
  if (form.dataset.isMeant === undefined && waiting().length) {
    event.preventDefault();
    await tryNow();
    if (waiting().length) ask(form);
    else form.requestSubmit();
    return;
  }
  forgetAll();
  forgetShared();
  clearBadge();
}

function ask(form) {
  const act = () => {
    form.dataset.isMeant = "";
    form.requestSubmit();
  };
  toast(word("unsent"), { sign: "triangle-alert", action: word("sign_out_anyway"), act, shown: 20_000 });
}

export function begin() {
  on("submit", "form[data-sign-out]", leave);
}
