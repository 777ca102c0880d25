// A sheet over the page: Escape, the cross and a press beside it close it; the browser gives the focus back.

import { element, icon } from "./dom.js";
import { word } from "./words.js";

export function showDialog(label, ...content) {
  const cross = element("button", { type: "button", className: "ib ib-s", "aria-label": word("close") }, icon("x"));
  const sheet = element("div", { className: "sheet" }, cross, ...content);
  const dialog = element("dialog", { className: "dialog", "aria-label": label }, sheet);
  cross.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
