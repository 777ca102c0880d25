// An invitation's secret stands behind the # of its link, so that no server sees it before the button is pressed.
// It is kept in this tab while somebody signs in first, and taken out of the address at once.
const KEPT = "comptoir.invitation";
const field = document.querySelector("[data-secret]");

if (location.hash.length > 1) {
  sessionStorage.setItem(KEPT, location.hash.slice(1)); // letters, digits, - and _: nothing to decode
  history.replaceState(null, "", location.pathname);
}
const secret = sessionStorage.getItem(KEPT);
if (field && secret && !field.value) {
  field.value = secret;
  field.closest("[data-by-hand]").hidden = true;
}
