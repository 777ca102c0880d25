// The few gestures on the page that every behaviour needs.

export const one = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/** Listens once for all elements that match, also for those that come later. */
export function on(type, selector, handle, options) {
  document.addEventListener(
    type,
    (event) => {
      const found = event.target.closest?.(selector);
      if (found) handle(event, found);
    },
    options,
  );
}

/** A copy of one of the page's templates, to be filled with textContent. */
export function copyOf(name) {
  return one(`template[data-${name}]`).content.firstElementChild.cloneNode(true);
}

/** What our own server rendered, parsed inert: nothing of it loads before it is placed. */
export function fromServer(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

export const rowFrom = (html) => fromServer(html).firstElementChild;

/** An element with properties (`className`, `textContent`, …), attributes (`aria-label`, …) and children. */
export function element(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

/** A sign of the sprite; its address, which changes with every release, is read from one that is on the page. */
export function icon(name) {
  const sprite = one("svg.i use").getAttribute("href").split("#")[0];
  const drawing = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  drawing.setAttribute("class", "i");
  drawing.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${sprite}#${name}`);
  drawing.append(use);
  return drawing;
}

/** Calls once, when `wait` milliseconds have passed since the last of several calls. */
export function settled(call, wait) {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(call, wait, ...given);
  };
}

/** Puts text where the caret stands, so that the field's own undo still works, and tells who listens. */
export function insertAtCaret(field, text) {
  field.focus();
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
}

/** Whether a key was pressed in a place where letters are text. */
export const isTyping = (target) =>
  Boolean(target.closest?.("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])"));
