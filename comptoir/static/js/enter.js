// What Enter does: it is shown below the text bar, and changed there.

import { all, on, one } from "./dom.js";
import { post } from "./post.js";

function pressed(event, body) {
  if (event.key !== "Enter" || event.isComposing) return;
  const { form } = body;
  const sends = form.hasAttribute("data-enter-sends") && !event.shiftKey && !event.altKey;
  if (!sends && !event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  form.requestSubmit();
}

/** At once, and for good as soon as the server has it. */
async function change(event, link) {
  event.preventDefault();
  const sends = !one("[data-composer][data-enter-sends]");
  show(sends);
  try {
    await post(link.dataset.enterChange, { enter_sends: sends ? "1" : "0" });
  } catch (failure) {
    show(!sends);
    throw failure;
  }
}

function show(sends) {
  for (const form of all("[data-composer]")) form.toggleAttribute("data-enter-sends", sends);
  for (const text of all("[data-enter-text]")) text.hidden = (text.dataset.enterText === "sends") !== sends;
}

export function begin() {
  on("keydown", "[data-composer] textarea, [data-note] textarea", pressed);
  on("click", "[data-enter-change]", change);
}
