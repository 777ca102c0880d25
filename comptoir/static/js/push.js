// Being woken on this device: allowed by a button, renewed after a new sign-in, and no longer.

import { all, on, one } from "./dom.js";
import { post, Refusal, token } from "./post.js";

const RENEWED = "push-renewed";

const hasWorkers = "serviceWorker" in navigator;
const isPossible = hasWorkers && "PushManager" in globalThis && "Notification" in globalThis;
/** Apple's telephones know notifications in the installed portal only. */
const needsInstall = /iPhone|iPad/.test(navigator.userAgent) && !matchMedia("(display-mode: standalone)").matches;

const card = one("[data-push]");

async function subscription() {
  const registration = await navigator.serviceWorker.getRegistration();
  return registration?.pushManager.getSubscription();
}

function fieldsOf(given) {
  const { endpoint, keys } = given.toJSON();
  return { endpoint, p256dh: keys.p256dh, auth: keys.auth };
}

async function state() {
  if (!isPossible) return needsInstall ? "install" : "no";
  if (Notification.permission === "denied") return "denied";
  const isOn = Notification.permission === "granted" && one("[data-push-here]") && (await subscription());
  return isOn ? "on" : "off";
}

async function show() {
  const now = await state();
  for (const place of all("[data-push-state]", card)) place.hidden = place.dataset.pushState !== now;
}

async function allow(button) {
  one("[data-push-error]", card).hidden = true;
  button.disabled = true;
  try {
    if ((await Notification.requestPermission()) === "granted") await subscribe();
  } catch (failure) {
    if (failure instanceof Refusal) throw failure;
    one("[data-push-error]", card).hidden = false;
  } finally {
    button.disabled = false;
    await show();
  }
}

async function subscribe() {
  const { pushManager } = await navigator.serviceWorker.ready;
  // One that was made for another key, of a server before this, cannot be kept.
  await (await pushManager.getSubscription())?.unsubscribe();
  const wanted = { userVisibleOnly: true, applicationServerKey: card.dataset.key };
  await post(card.dataset.allow, fieldsOf(await pushManager.subscribe(wanted)));
  location.reload();
}

/** Once for each sign-in, by which the token changes: a device is woken as long as the session that it was last seen in. */
async function renew() {
  const sign = token();
  if (Notification.permission !== "granted" || sessionStorage.getItem(RENEWED) === sign) return;
  const given = await subscription();
  if (!given) return;
  await post("/profile/devices/renew", fieldsOf(given));
  sessionStorage.setItem(RENEWED, sign);
}

export function begin() {
  if (hasWorkers) register();
  if (isPossible && document.body.dataset.me) renew().catch(() => undefined); // the next page tries again
  if (!card) return;
  show();
  on("click", "[data-push-on]", (event, button) => allow(button));
  on("submit", "[data-push-here] form", () => subscription().then((given) => given?.unsubscribe()));
}

/** The worker speaks the page's language when there is no page. */
async function register() {
  try {
    await navigator.serviceWorker.register("/worker.js");
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ language: document.documentElement.lang });
  } catch {
    // Without it there is no offline page, and nothing else is missing.
  }
}
