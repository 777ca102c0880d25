// Who looks at this page, and the identifiers that they give to what they write.

/** The membership as which the page was made; what is kept in the browser is kept under it. */
export const me = document.body.dataset.me ?? "";

/**
 * A UUIDv7. The browser's own randomUUID exists on https and localhost only, and an office may run in its own
 * network without; and what is ordered by time is kinder to the database.
 */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = Date.now();
  for (let place = 5; place >= 0; place -= 1) {
    bytes[place] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}
