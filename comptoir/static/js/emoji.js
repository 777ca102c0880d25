// The button of the emoji panel. The panel itself is loaded when it is asked for the first time.

import { on, one } from "./dom.js";
import { Unreachable } from "./post.js";

let panel = null;

/** Without a line the reader is told so; the next press tries again. */
async function load() {
  try {
    return await import("./emoji_panel.js");
  } catch (failure) {
    throw new Unreachable(String(failure));
  }
}

async function toggle(event, button) {
  const isOpen = button.getAttribute("aria-expanded") === "true";
  panel ??= await load();
  if (isOpen) panel.close();
  else await panel.open(button, one("textarea", button.closest("form")));
}

export function begin() {
  on("click", "[data-emoji]", toggle);
}
