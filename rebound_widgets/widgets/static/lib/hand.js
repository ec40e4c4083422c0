// Where somebody's hand is, across a drawing anew: the same field, and in it the same place.

const FIELDS = "input, textarea, select, button";

/** @param {ParentNode} root @param {string | undefined} question @param {string | undefined} item @returns {HTMLElement | undefined} */
function questionIn(root, question, item) {
  const all = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-question]")]);
  return all.find((one) => one.dataset.question === question && one.dataset.item === item);
}

/**
 * Remembers which field of a question has the focus.
 * @param {HTMLElement} root @returns {() => void} Puts it back, where that field is there again.
 */
export function holdHand(root) {
  const field = /** @type {any} */ (document.activeElement);
  const place = root.contains(field) ? field.closest("[data-question]") : null;
  if (!place) return () => {};
  const { question, item } = place.dataset;
  const at = [...place.querySelectorAll(FIELDS)].indexOf(field);
  const { tagName, selectionStart, selectionEnd } = field;
  return () => {
    const found = /** @type {any} */ (questionIn(root, question, item)?.querySelectorAll(FIELDS)[at]);
    if (found?.tagName !== tagName) return;
    found.focus({ preventScroll: true });
    if (typeof selectionStart === "number") found.setSelectionRange(selectionStart, selectionEnd);
  };
}

/** Whether somebody writes in a field, or chooses in one: what comes in late then takes the focus from nobody. */
export function isWriting() {
  return Boolean(document.activeElement?.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=file])"));
}
