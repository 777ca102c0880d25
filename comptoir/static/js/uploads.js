// Files on their way into a message: each goes up by itself while the message is still being written.

import { copyOf, one } from "./dom.js";
import { hear } from "./live.js";
import { post, token } from "./post.js";
import { word } from "./words.js";

const AT_ONCE = 2;
const RETRY = 5_000;
const DONE = 201;

const UNITS = [["megabyte", 1_000_000], ["kilobyte", 1_000]];

/** form -> its files: {name, size, type, state: "waits" | "goes" | "done" | "failed", id?, file?, chip, request?} */
const lists = new Map();

export const filesOf = (form) => lists.get(form) ?? [];
export const areUnderWay = (form) => filesOf(form).some((file) => ["waits", "goes"].includes(file.state));
export const failedIn = (form) => filesOf(form).find((file) => file.state === "failed");

function changed(form) {
  form.dispatchEvent(new Event("files"));
}

/** Returns the text of the refusal if one of them cannot be taken: limits are told before anything is sent. */
export function addFiles(form, chosen) {
  const { maxBytes, maxFiles } = form.dataset;
  if (filesOf(form).length + chosen.length > Number(maxFiles)) return word("too_many");
  const tooLarge = chosen.find((file) => file.size > Number(maxBytes));
  if (tooLarge) return word("too_large", { name: tooLarge.name });
  const { length } = filesOf(form);
  const added = chosen.map(({ name, size, type }, at) => ({ name, size, type, file: chosen[at], state: "waits" }));
  lists.set(form, [...filesOf(form), ...added]);
  for (const file of filesOf(form).slice(length)) showChip(form, file);
  goOn(form);
  changed(form);
  return "";
}

/** Files that are on the server already, as a draft remembers them. */
export function showFiles(form, files) {
  clearFiles(form);
  lists.set(form, files.map((file) => ({ ...file, state: "done" })));
  for (const file of filesOf(form)) showChip(form, file);
}

export function clearFiles(form) {
  for (const file of filesOf(form)) release(file);
  lists.set(form, []);
}

function remove(form, file) {
  release(file);
  // Nobody waits for it: what stays behind is swept away within a day.
  if (file.id) post(`${form.dataset.upload}${file.id}/drop`).catch(() => undefined);
  lists.set(form, filesOf(form).filter((other) => other !== file));
  goOn(form);
  changed(form);
  one("textarea", form)?.focus();
}

function release(file) {
  file.request?.abort();
  const picture = one("img", file.chip);
  if (picture) URL.revokeObjectURL(picture.src);
  file.chip.remove();
}

function showChip(form, file) {
  const chip = copyOf("chip");
  file.chip = chip;
  one("[data-name]", chip).textContent = file.name;
  one("[data-remove-name]", chip).textContent = word("remove", { name: file.name });
  one("[data-remove]", chip).addEventListener("click", () => remove(form, file));
  one("[data-progress]", chip).setAttribute("aria-label", file.name);
  if (file.file?.type.startsWith("image/")) showPicture(chip, file.file);
  showState(file);
  one("[data-chips]", form).append(chip);
}

function showPicture(chip, file) {
  const picture = new Image();
  picture.className = "page";
  picture.alt = "";
  // What the browser cannot draw (HEIC) keeps the sign of a file.
  picture.addEventListener("load", () => one(".page", chip).replaceWith(picture));
  picture.src = URL.createObjectURL(file);
}

function showState(file, text = "") {
  file.chip.classList.toggle("failed", file.state === "failed");
  file.chip.dataset.state = file.state;
  one("[data-size]", file.chip).textContent = text || sizeShown(file.size);
  one("[data-progress]", file.chip).hidden = !["waits", "goes"].includes(file.state);
}

function sizeShown(size) {
  const [unit, divisor] = UNITS.find(([, divisor_]) => size >= divisor_) ?? ["byte", 1];
  const shape = { style: "unit", unit, maximumFractionDigits: unit === "megabyte" ? 1 : 0 };
  return new Intl.NumberFormat(document.documentElement.lang, shape).format(size / divisor);
}

function goOn(form) {
  const going = filesOf(form).filter((file) => file.state === "goes").length;
  const next = filesOf(form).filter((file) => file.state === "waits");
  for (const file of next.slice(0, AT_ONCE - going)) upload(form, file);
}

/** By XMLHttpRequest: fetch cannot tell how far an upload is. */
function upload(form, file) {
  const request = new XMLHttpRequest();
  const fields = new FormData();
  fields.append("file", file.file, file.name);
  file.state = "goes";
  file.request = request;
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    one("[data-progress]", file.chip).value = (100 * loaded) / total;
  });
  request.addEventListener("load", () => answered(form, file, request));
  request.addEventListener("error", () => cut(form, file));
  request.open("POST", form.dataset.upload);
  request.setRequestHeader("Accept", "application/json");
  request.setRequestHeader("X-CSRFToken", token());
  request.send(fields);
}

function answered(form, file, { status, responseText }) {
  if (status >= 500) return cut(form, file);
  const said = parsed(responseText);
  file.state = status === DONE ? "done" : "failed";
  if (status === DONE) Object.assign(file, { id: said.id, name: said.name, size: said.size, type: said.type });
  showState(file, status === DONE ? "" : said.message || word("upload_failed", { name: file.name }));
  goOn(form);
  changed(form);
}

/** Also what is no answer of ours: a proxy's page, the sign-in. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** The line was cut: it starts anew as soon as the line is back, and tries from time to time. */
function cut(form, file) {
  file.state = "waits";
  showState(file, word("waits"));
  setTimeout(goOn, RETRY, form);
}

export function begin() {
  const again = () => [...lists.keys()].forEach(goOn);
  hear("up", again);
  addEventListener("online", again);
}
