// Asking our server: three ways in which it can fail, told apart, because each asks for something else.

/** The product said no, with a text for the reader: trying again would not help. */
export class Refusal extends Error {
  constructor(status, said) {
    super(said.message ?? "");
    this.status = status;
    this.code = said.error ?? "";
    this.field = said.field ?? "";
  }
}

/** Nobody knows whether it arrived: ask again later, with the same key. */
export class Unreachable extends Error {
  /** `status`: what was answered; 0 where nothing was. */
  constructor(text, status = 0) {
    super(text);
    this.status = status;
  }
}

/** The session is over: the page leads to the sign-in. */
export class SignedOut extends Error {}

const PATIENCE = 30_000;
const FOR_A_WHILE = [408, 425, 429];

/** The cookie is newer than a form's token where somebody signed in anew in another tab. */
export function token() {
  const name = location.protocol === "https:" ? "__Host-csrf" : "csrf";
  const cookie = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return cookie?.slice(name.length + 1) ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

/** POSTs fields (an object, pairs, FormData) and returns the JSON answered, or null. */
export function post(url, fields = {}, { keepalive = false } = {}) {
  const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
  const headers = { "X-CSRFToken": token() };
  return json(url, { method: "POST", body, headers, keepalive });
}

export const getJson = (url) => json(url);

/** One part of a page, as HTML of our own. */
export async function getPart(url, name = "") {
  const headers = { Accept: "text/html", ...(name && { "X-Fragment": name }) };
  return (await answer(url, { headers })).text();
}

async function json(url, given = {}) {
  const headers = { Accept: "application/json", ...given.headers };
  const response = await answer(url, { ...given, headers });
  return response.status === 204 ? null : response.json();
}

async function answer(url, given) {
  let response;
  try {
    response = await fetch(url, { ...given, signal: AbortSignal.timeout(PATIENCE) });
  } catch (failure) {
    throw new Unreachable(String(failure));
  }
  await check(response);
  return response;
}

async function check(response) {
  const { status } = response;
  if (status >= 500 || FOR_A_WHILE.includes(status)) throw new Unreachable(`Answered ${status}`, status);
  // Our views redirect a script nowhere but to the sign-in page.
  if (response.redirected || status === 401) throw new SignedOut();
  if (!response.ok) throw new Refusal(status, await said(response));
}

async function said(response) {
  const isJson = response.headers.get("Content-Type")?.includes("json");
  return isJson ? response.json() : {};
}
