// The secret of a mail's link stands behind the #, so that no server sees it before the button is pressed. It is taken
// out of the address at once, and kept in this tab until then.

import { all, one } from "./dom.js";

const KEPT = "comptoir.item";

if (location.hash.length > 1) {
  sessionStorage.setItem(KEPT, decodeURIComponent(location.hash.slice(1)));
  history.replaceState(null, "", location.pathname);
}
const secret = sessionStorage.getItem(KEPT);
if (secret) {
  one("[data-secret]").value = secret;
  for (const part of all("[data-by-link]")) part.hidden = false;
  for (const part of all("[data-by-hand]")) part.hidden = true;
}
for (const form of all("form")) {
  form.addEventListener("submit", () => {
    if (form.matches("[data-by-link]")) sessionStorage.removeItem(KEPT);
    // Pressed twice, the answer to the first would be thrown away.
    setTimeout(() => one("button", form).toggleAttribute("disabled", true));
  });
}
