// Invoices ticked for a payment: how much they make, and what that leaves of it.

import { all, on, one } from "./dom.js";

const CENTS = 100;

/** `1.234,56` or `1234.56`, in cents. */
function cents(text) {
  const plain = text.replace(/[^\d.,]/g, "");
  const number = Number(plain.includes(",") ? plain.replaceAll(".", "").replace(",", ".") : plain);
  return Math.round(number * CENTS);
}

const money = (amount) =>
  (amount / CENTS).toLocaleString("de-BE", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

function show(form) {
  const told = one("[data-sum-told]", form);
  const sum = all("input[name=invoice]:checked", form).reduce((total, box) => {
    const part = one("[data-part]", box.closest("tr")).value;
    return total + (box.hasAttribute("data-deducted") ? -1 : 1) * cents(part || box.dataset.open);
  }, 0);
  const left = cents(form.dataset.sum) - sum;
  const { chosen, left: rest, over } = told.dataset;
  told.textContent = sum ? ` · ${money(sum)} ${chosen} · ${money(Math.abs(left))} ${left < 0 ? over : rest}` : "";
}

export function begin() {
  const form = one("form[data-sum]:has([data-sum-told])"); // where an invoice is open
  if (!form) return;
  on("input", "[data-sum] input", (event, input) => {
    if (input.matches("[data-part]") && input.value) one("input[name=invoice]", input.closest("tr")).checked = true;
    show(form);
  });
  show(form);
}
