// The texts that a page makes up by itself, in the reader's language, as the server wrote them into the page.

let texts;

/** `word("remove", {name: "ticket.pdf"})`; empty on a page that carries no words. */
export function word(name, values = {}) {
  texts ??= JSON.parse(document.getElementById("words")?.textContent || "{}") || {};
  return (texts[name] ?? "").replace(/\{(\w+)\}/g, (whole, field) => values[field] ?? whole);
}
