// A quiet line that says where one is among a few steps.

import { fill, make } from "./lib/dom.js";
import { openView } from "./lib/view.js";

/**
 * One step: words, or a button back to it.
 * @param {{id: string, label: string, done: boolean}} step
 * @param {{at: number, place: number, open: boolean, words: Record<string, string>, press: (id: string) => void}} context
 * @returns {HTMLElement}
 */
function drawStep(step, { at, place, open, words, press }) {
  const state = place === at ? "now" : step.done || place < at ? "done" : "later";
  const said = state === "later" ? null : make("span", { class: "rb-hidden" }, ` (${words[state]})`);
  const mark = make("span", { class: "rb-step-mark", "aria-hidden": "true" }, state === "done" ? "" : String(place + 1));
  const label = make("span", { class: "rb-step-label" }, step.label, said);
  const inner =
    open && state === "done"
      ? make("button", { type: "button", class: "rb-step-button", "data-step": step.id, onclick: () => press(step.id) }, mark, label)
      : make("span", { class: "rb-step-button" }, mark, label);
  return make("li", { "data-state": state, "aria-current": state === "now" && "step" }, inner);
}

function renderSteps(/** @type {any} */ given) {
  const target = make("nav", { class: "rb-steps-line" });
  const line = make("p", { class: "rb-steps-said", role: "status" });
  let late = 0;
  let noAnswer = "";
  const tell = (/** @type {string} */ sentence) => {
    window.clearTimeout(late);
    line.textContent = sentence;
  };
  const press = (/** @type {string} */ id) => {
    tell("");
    if (view.say({ type: "step", id })) late = window.setTimeout(() => tell(noAnswer), 10000);
    else tell(noAnswer);
  };
  const view = openView(given, "steps", {
    show({ steps, current, open, words }) {
      tell("");
      noAnswer = words.no_answer;
      const at = steps.findIndex((/** @type {any} */ step) => step.id === current);
      const hadFocus = target.contains(document.activeElement);
      target.setAttribute("aria-label", words.name);
      target.replaceChildren(
        make(
          "p",
          { class: "rb-steps-position", tabindex: -1 },
          make("span", { class: "rb-steps-count" }, fill(words.position, { number: at + 1, count: steps.length })),
          make("span", { class: "rb-steps-now" }, steps[at].label),
        ),
        make("ol", null, ...steps.map((/** @type {any} */ step, /** @type {number} */ place) => drawStep(step, { at, place, open, words, press }))),
      );
      if (hadFocus) /** @type {any} */ (target.firstChild)?.focus();
    },
    refused: ({ sentence }) => tell(sentence),
    end: () => window.clearTimeout(late),
  });
  view.root.append(target, line);
  return view.end;
}

export default { render: renderSteps };
