// An error beside what caused it, in words that say what to do.

import { element, icon, one } from "./dom.js";

/** `action` `{text, act}` is a button that offers the way out. */
export function showError(form, text, action) {
  const place = one("[data-error]", form);
  place.replaceChildren(icon("circle-alert"), element("span", { textContent: text }));
  if (action) {
    const button = element("button", { type: "button", className: "btn btn-line btn-s", textContent: action.text });
    button.addEventListener("click", action.act);
    place.append(button);
  }
  place.hidden = false;
}

export function clearError(form) {
  const place = one("[data-error]", form);
  place.hidden = true;
  place.replaceChildren();
}
