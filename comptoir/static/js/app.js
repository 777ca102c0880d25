// The page's script begins here: each behaviour is a file of its own and finds its place by a data attribute.
//
// The page works without any of it. What runs here makes it live, keeps what is typed, and spares reloads.

import { begin as ask } from "./ask.js";
import { begin as attach } from "./attach.js";
import { begin as cards } from "./cards.js";
import { begin as composer } from "./composer.js";
import { begin as copy } from "./copy.js";
import { begin as counters } from "./counters.js";
import { begin as deletion } from "./deletion.js";
import { all, one } from "./dom.js";
import { begin as drafts } from "./drafts.js";
import { begin as edit } from "./edit.js";
import { begin as emoji } from "./emoji.js";
import { begin as enter } from "./enter.js";
import { begin as list } from "./list.js";
import { begin as install } from "./install.js";
import { begin as live, beginAsking } from "./live.js";
import { begin as menus } from "./menus.js";
import { begin as offline } from "./offline.js";
import { begin as outbox } from "./outbox.js";
import { begin as pending } from "./pending.js";
import { Refusal, SignedOut, Unreachable } from "./post.js";
import { begin as push } from "./push.js";
import { begin as receipts } from "./receipts.js";
import { begin as renew } from "./renew.js";
import { begin as returned } from "./returned.js";
import { begin as scroll } from "./scroll.js";
import { begin as seen } from "./seen.js";
import { begin as shared } from "./shared.js";
import { begin as signout } from "./signout.js";
import { begin as start } from "./start.js";
import { begin as thread } from "./thread.js";
import { toast } from "./toast.js";
import { begin as typing } from "./typing.js";
import { begin as uploads } from "./uploads.js";
import { begin as verbs } from "./verbs.js";
import { word } from "./words.js";

/** What a behaviour does not answer itself comes here: the reader is told, or led to the sign-in. */
function told(event) {
  const failure = event.reason;
  if (failure instanceof SignedOut) location.reload();
  else if (failure instanceof Refusal) toast(failure.message, { sign: "circle-alert" });
  else if (failure instanceof Unreachable) toast(word("unreachable"), { sign: "wifi-off" });
  else return; // a fault of ours, for the console
  event.preventDefault();
}

function beginForms() {
  for (const form of all("[data-composer]")) {
    drafts(form);
    composer(form);
    if (form.hasAttribute("data-new")) {
      start(form);
      shared(form);
    }
  }
  for (const behaviour of [attach, uploads, emoji, enter]) behaviour();
}

function beginThread() {
  for (const behaviour of [scroll, thread, seen, pending, typing, edit, deletion, receipts, cards]) behaviour();
}

function begin() {
  addEventListener("unhandledrejection", told);
  for (const behaviour of [copy, menus, signout, verbs, offline, counters, list, renew, install, push]) behaviour();
  if (one("[data-composer]")) beginForms();
  if (one("[data-thread]")) beginThread();
  if (one("[data-ask-page]")) ask();
  returned();
  outbox();
  if (document.body.dataset.live) live(document.body.dataset.live);
  if ("ask" in document.body.dataset) beginAsking();
}

begin();
