// Who is writing: told at most every three seconds, shown for five.

import { on, one } from "./dom.js";
import { hear } from "./live.js";
import { post, Refusal, Unreachable } from "./post.js";
import { conversation, whenChanged } from "./thread.js";

const EVERY = 3_000;
const SHOWN = 5_000;

let told = 0;
let timer;

async function tell(event, body) {
  const url = body.form.dataset.typingUrl;
  if (!url || !body.value.trim() || Date.now() - told < EVERY) return;
  told = Date.now();
  try {
    await post(url);
  } catch (failure) {
    // Worth no word: whoever cannot be reached will hear the message itself.
    if (!(failure instanceof Unreachable || failure instanceof Refusal)) throw failure;
  }
}

function show({ conversation: where, name }) {
  if (where !== conversation) return;
  one("[data-typing-name]").textContent = name;
  one("[data-typing]").hidden = false;
  clearTimeout(timer);
  timer = setTimeout(hide, SHOWN);
}

function hide() {
  clearTimeout(timer);
  one("[data-typing]").hidden = true;
}

export function begin() {
  on("input", "[data-composer] textarea", tell);
  hear("typing", show);
  whenChanged(({ rows }) => rows.length && hide());
}
