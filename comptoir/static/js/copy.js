// A message's text into the clipboard, or what a button names.

import { element, on, one } from "./dom.js";
import { toast } from "./toast.js";
import { word } from "./words.js";

async function copy(event, button) {
  const text = button.dataset.copy || one(".bubble", button.closest(".msg")).innerText;
  if (navigator.clipboard) await navigator.clipboard.writeText(text);
  else copyByHand(text);
  toast(word("copied"), { sign: "copy" });
}

/** Without https a browser has no clipboard to write to, only the command of old. */
function copyByHand(text) {
  const field = element("textarea", { value: text, className: "sr" });
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

export function begin() {
  on("click", "[data-copy]", copy);
}
