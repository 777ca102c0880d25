// Passkey buttons show only where the browser knows passkeys, and a refusal is said in words beside them.
if (window.PublicKeyCredential) {
  for (const button of document.querySelectorAll("[data-passkey]")) button.hidden = false;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault(); // allauth would only write it to the console
  const error = document.querySelector("[data-passkey-error]");
  if (error) error.hidden = false;
});
