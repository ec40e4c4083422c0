// Asks once more before something is done that cannot be taken back.

import { freshId, make } from "./dom.js";

/** @typedef {{title: string, text?: string, yes: string, no: string}} Confirmation */

/**
 * Opens a dialog over the page. Escape and its second button are "no"; the focus goes back to the button.
 * @param {HTMLElement} button The button that was pressed.
 * @param {Confirmation} words
 * @param {() => void} go What is done after "yes".
 */
export function confirmFirst(button, words, go) {
  const [titleId, textId] = [freshId("dialog"), freshId("dialog")];
  const answer = (/** @type {string} */ value, /** @type {string} */ label, /** @type {string} */ look, /** @type {boolean} */ first) =>
    make("button", { type: "button", class: `rb-button ${look}`, value, autofocus: first, onclick: () => dialog.close(value) }, label);
  const dialog = make(
    "dialog",
    { "class": "rb-dialog", "aria-labelledby": titleId, "aria-describedby": words.text ? textId : null },
    make("h2", { id: titleId, class: "rb-dialog-title" }, words.title),
    words.text && make("p", { id: textId }, words.text),
    // The harmless answer has the focus: a key pressed too often does no harm.
    make("div", { class: "rb-row" }, answer("yes", words.yes, "", false), answer("no", words.no, "rb-button-plain", true)),
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (button.isConnected) button.focus({ preventScroll: true });
    if (dialog.returnValue === "yes") go();
  });
  (button.closest(".rb") ?? document.body).append(dialog);
  dialog.showModal();
}
