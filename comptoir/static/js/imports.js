// Files for the accounts: dropped or chosen, many at once; each goes up by itself and its row tells how it went.

import { copyOf, on, one, rowFrom } from "./dom.js";
import { getPart, token } from "./post.js";
import { word } from "./words.js";

const AT_ONCE = 3;
const RETRY = 5_000;
const LOOK_AGAIN = 2_000;
const LARGEST = 25 * 1024 * 1024;
const TAKEN = 201;

let form;
let going = 0;
const waiting = [];

function take(files) {
  const list = one("[data-import-list]");
  one("[data-import-empty]").hidden = true;
  for (const file of files) {
    const row = copyOf("import-going");
    one("[data-name]", row).textContent = file.name;
    one("[data-progress]", row).setAttribute("aria-label", file.name);
    list.prepend(row);
    if (file.size > LARGEST) fail(row, form.dataset.tooLarge);
    else waiting.push({ file, row });
  }
  goOn();
}

function goOn() {
  while (going < AT_ONCE && waiting.length) send(waiting.shift());
}

/** By XMLHttpRequest: fetch cannot tell how far an upload is. */
function send(job) {
  const request = new XMLHttpRequest();
  const fields = new FormData();
  fields.append("files", job.file, job.file.name);
  going += 1;
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    one("[data-progress]", job.row).value = (100 * loaded) / total;
  });
  request.addEventListener("load", () => answered(job, request));
  request.addEventListener("error", () => cut(job));
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "text/html, application/json");
  request.setRequestHeader("X-Fragment", "import");
  request.setRequestHeader("X-CSRFToken", token());
  request.send(fields);
}

function answered(job, { status, responseText }) {
  if (status >= 500 || status === 429) return cut(job);
  going -= 1;
  if (status === TAKEN) place(job.row, rowFrom(responseText));
  else fail(job.row, said(responseText) || word("upload_failed", { name: job.file.name }));
  goOn();
  if (!going && !waiting.length) renewFacts();
}

/** The line was cut, or the server is away: nothing is doubled by sending the same file again. */
function cut(job) {
  going -= 1;
  one("[data-said]", job.row).textContent = form.dataset.cut;
  setTimeout(() => {
    waiting.push(job);
    goOn();
  }, RETRY);
}

function said(text) {
  try {
    return JSON.parse(text).message;
  } catch {
    return "";
  }
}

function fail(row, text) {
  row.classList.add("failed");
  one("[data-said]", row).textContent = text;
  one("[data-progress]", row).remove();
}

/** The same file may be on the page already, lower in the list. */
function place(old, row) {
  const double = document.getElementById(row.id);
  if (double && double !== old) double.remove();
  old.replaceWith(row);
  watch(row);
}

/** A large file is read later: its row is asked for until it says how that went. */
function watch(row) {
  if (row.dataset.state !== "waiting") return;
  setTimeout(async () => {
    const fresh = rowFrom(await getPart(row.dataset.import, "import").catch(() => row.outerHTML));
    place(row, fresh);
    if (fresh.dataset.state !== "waiting") renewFacts();
  }, LOOK_AGAIN);
}

async function renewFacts() {
  const fresh = rowFrom(await getPart(location.pathname, "facts"));
  one("[data-facts]").replaceWith(fresh);
}

const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");

function over(event) {
  if (!carriesFiles(event)) return;
  event.preventDefault(); // anywhere on the page: the browser would leave it for the file
  form.classList.add("over");
}

export function begin() {
  form = one("[data-imports]");
  if (!form) return;
  document.querySelectorAll("[data-import]").forEach(watch);
  on("change", "[data-imports] input[type=file]", (event, input) => {
    take([...input.files]);
    input.value = ""; // the same file may be chosen again
  });
  document.addEventListener("dragover", over);
  document.addEventListener("dragleave", (event) => event.relatedTarget || form.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    form.classList.remove("over");
    take([...event.dataTransfer.files]);
  });
}
