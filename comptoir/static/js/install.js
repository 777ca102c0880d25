// The button that installs the portal, where the browser has one to press.

import { on, one } from "./dom.js";

let offer;

function keep(event) {
  const place = one("[data-install]");
  if (!place) return;
  event.preventDefault(); // the browser would ask at a moment of its own
  offer = event;
  place.hidden = false;
}

export function begin() {
  addEventListener("beforeinstallprompt", keep);
  addEventListener("appinstalled", () => shown());
  on("click", "[data-install] button", () => offer?.prompt());
  if (matchMedia("(display-mode: standalone)").matches) shown();
}

function shown() {
  const place = one("[data-installed]");
  if (!place) return;
  place.hidden = false;
  one("[data-install]").hidden = true;
}
