// The ways for a file into a message: picked, dropped anywhere on the page, pasted.

import { all, element, on, one } from "./dom.js";
import { clearError, showError } from "./errors.js";
import { addFiles } from "./uploads.js";
import { word } from "./words.js";

/** The form that takes what is dropped: the one on the page that takes files at all. */
const taker = () => all("[data-composer]").find((form) => one("[data-pick]", form) && form.offsetParent);

function take(form, files) {
  if (!files.length) return;
  const refusal = addFiles(form, [...files]);
  if (refusal) showError(form, refusal);
  else clearError(form);
}

const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");

let overlay = null;

function over(event) {
  if (!carriesFiles(event)) return;
  event.preventDefault(); // also where nothing takes it: the browser would leave the page for the file
  const form = taker();
  event.dataTransfer.dropEffect = form ? "copy" : "none";
  if (!form || overlay) return;
  overlay = element("p", { className: "drop", textContent: word("drop") });
  one("[data-drop]", form).append(overlay);
}

function away(event) {
  if (event.relatedTarget) return; // still inside the page
  overlay?.remove();
  overlay = null;
}

function dropped(event) {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  away({});
  const form = taker();
  if (form) take(form, event.dataTransfer.files);
}

function pasted(event, body) {
  const { files, types } = event.clipboardData;
  // A spreadsheet's cells come as text and as a picture of the text: then the text is meant.
  if (!files.length || types.includes("text/plain") || !one("[data-pick]", body.form)) return;
  event.preventDefault();
  take(body.form, files);
}

export function begin() {
  on("change", "[data-pick]", (event, input) => {
    take(input.form, input.files);
    input.value = ""; // the form itself carries no file any more, and the same one may be picked again
  });
  on("paste", "[data-composer] textarea", pasted);
  document.addEventListener("dragover", over);
  document.addEventListener("dragleave", away);
  document.addEventListener("drop", dropped);
}
