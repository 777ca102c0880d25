// To whom a message came, and when: in a dialog instead of a page of its own.

import { fromServer, on } from "./dom.js";
import { showDialog } from "./dialog.js";
import { getPart } from "./post.js";

async function show(event, link) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab of its own was asked for
  event.preventDefault();
  showDialog(link.textContent.trim(), fromServer(await getPart(link.href, "receipts")));
}

export function begin() {
  on("click", "[data-receipts]", show);
}
