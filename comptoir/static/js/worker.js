// The worker behind the pages. It shows a page when the server cannot be reached, keeps what a telephone shares until a
// form takes it, and shows the notifications that arrive. It is served at /worker.js, with `comptoir` before its text.
//
// It keeps nothing of the accounts: only files that are the same for everybody, and the language of the last page.

const { badge, icon, kept, languages, version } = self.comptoir;
const SHELL = `shell-${version}`;
const STATE = "state";
const LANGUAGE = "/language";
const NAMED_BY_CONTENT = /^\/static\/.+\.[0-9a-f]{12}\.\w+$/;
const NOBODY_BEHIND = [502, 504]; // a proxy's words for a server that is away
const SHARED = "shared"; // as in shared.js

// ── A new release takes the place of the old at once: it holds nothing that a page could miss ──
addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(SHELL).then((shell) => shell.addAll(kept)));
});

addEventListener("activate", (event) => event.waitUntil(begin()));

async function begin() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => ![SHELL, STATE].includes(name)).map((name) => caches.delete(name)));
  await self.clients.claim();
}

addEventListener("message", ({ data }) => {
  if (!languages.includes(data?.language)) return;
  caches.open(STATE).then((state) => state.put(LANGUAGE, new Response(data.language)));
});

// ── The network first ──
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "POST" && pathname === "/share") event.respondWith(keepShared(request));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (NAMED_BY_CONTENT.test(pathname)) event.respondWith(part(request));
});

async function page(request) {
  try {
    const answer = await fetch(request);
    return NOBODY_BEHIND.includes(answer.status) ? offline() : answer;
  } catch {
    return offline();
  }
}

/** What its name vouches for is never asked for twice. */
async function part(request) {
  const found = await caches.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) {
    const copy = answer.clone();
    caches.open(SHELL).then((shell) => shell.put(request, copy));
  }
  return answer;
}

async function offline() {
  const found = await caches.match(`/offline/${await language()}`);
  if (!found) return Response.error();
  return new Response(found.body, { status: 503, headers: found.headers });
}

async function language() {
  const last = await (await caches.match(LANGUAGE))?.text();
  const spoken = navigator.language.slice(0, 2);
  return last ?? (languages.includes(spoken) ? spoken : languages[0]);
}

// ── What a telephone shares waits in the browser, also while its owner signs in ──
async function keepShared(request) {
  try {
    const fields = await request.formData();
    const [title, text, url] = ["title", "text", "url"].map((name) => fields.get(name) ?? "");
    const files = fields.getAll("files").filter((file) => file.size);
    await put({ at: Date.now(), title, text, url, files });
    return Response.redirect("/new", 303);
  } catch {
    return Response.redirect("/new?lost=1", 303);
  }
}

function put(value) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(SHARED, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(SHARED, { autoIncrement: true });
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const writing = opening.result.transaction(SHARED, "readwrite");
      writing.objectStore(SHARED).put(value);
      writing.oncomplete = () => resolve(opening.result.close());
      writing.onabort = () => reject(writing.error);
    };
  });
}

// ── Notifications: Safari shows them by itself, others ask here ──
addEventListener("push", (event) => event.waitUntil(told(event.data.json())));

async function told({ notification, app_badge: number }) {
  const { title, body, lang, tag, silent, navigate } = notification;
  await navigator.setAppBadge?.(number).catch(() => undefined);
  const shown = { body, lang, tag, silent, renotify: true, icon, badge, data: { navigate } };
  await registration.showNotification(title, shown);
}

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.navigate));
});

// ── The browser was given another address to be woken at ──
addEventListener("pushsubscriptionchange", (event) => event.waitUntil(moved(event)));

/** The old address says whose device it is; where the browser forgot it, the next page that is opened renews. */
async function moved({ oldSubscription: before, newSubscription: given }) {
  if (!before) return;
  const now = given ?? (await registration.pushManager.subscribe(before.options));
  const { endpoint, keys } = now.toJSON();
  const body = new URLSearchParams({ before: before.endpoint, endpoint, p256dh: keys.p256dh, auth: keys.auth });
  await fetch("/profile/devices/renew", { method: "POST", body });
}

/** Wherever a push says to go, it stays with us. */
async function open(address) {
  const { pathname, search } = new URL(address, location.origin);
  const target = location.origin + pathname + search;
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = pages.find(({ url }) => url === target);
  return there ? there.focus() : self.clients.openWindow(target);
}
