// The line that says what is saved, where the page has no such line of its own.

import { make } from "./lib/dom.js";

const CALM_MS = 1000;

/**
 * @param {import("./exercise-page.js").Desk} desk
 * @returns {{node: HTMLElement, end: () => void}}
 */
export function drawStatus(desk) {
  const line = desk.outbox.line;
  const words = make("span", null);
  const button = make("button", {
    type: "button",
    class: "rb-button rb-button-plain rb-button-small",
    onclick: () => window.dispatchEvent(new CustomEvent("rebound:again")),
  });
  const node = make("div", { class: "rb-exercise-status", "data-own-status": true }, make("p", { class: "rb-status" }, words), button);
  let calm = 0;
  let spoken = "saved";

  const show = () => {
    const status = line.status;
    // The app's shell has a line for the whole page; and of several exercises one line is enough.
    const first = document.querySelector("[data-own-status]");
    node.hidden = !status || Boolean(document.querySelector("[data-rebound-status]")) || (first !== null && first !== node);
    if (node.hidden || !status) return;
    node.firstElementChild.dataset.state = status.state;
    words.textContent = status.sentence;
    button.hidden = !status.action;
    const anew = status.action === "reload";
    button.textContent = desk.say(anew ? "load_again" : "try_again");
    window.clearTimeout(calm);
    // Not every pause in writing is worth a word to a screen reader; what changes and stays is.
    calm = window.setTimeout(() => {
      if (status.state === "saving" || status.state === spoken) return;
      spoken = status.state;
      desk.announce(status.sentence);
    }, CALM_MS);
  };
  const later = window.setInterval(show, CALM_MS * 2);
  window.addEventListener("rebound:status", show);
  window.setTimeout(show, 0);
  show();
  return {
    node,
    end() {
      window.clearTimeout(calm);
      window.clearInterval(later);
      window.removeEventListener("rebound:status", show);
    },
  };
}
