// A slider that says in words what each step means. Its value goes nowhere.

import { fill, freshId, make } from "./lib/dom.js";
import { openView } from "./lib/view.js";

function renderSlider(/** @type {any} */ given) {
  /** @type {any} */
  let shown = null;
  const id = freshId("slider");
  const label = make("label", { class: "rb-label", for: id });
  const range = make("input", { type: "range", class: "rb-range", id, min: 0, max: 1, step: 1, value: 0, autocomplete: "off" });
  const output = make("output", { class: "rb-slider-says", for: id });
  const draw = () => {
    const at = Number(range.value);
    const words = at ? shown.steps[at - 1] : shown.words.untouched;
    range.toggleAttribute("data-untouched", at === 0);
    range.setAttribute("aria-valuetext", at ? `${at}. ${words}` : words);
    output.textContent = words;
  };
  range.addEventListener("input", draw);
  const ends = make("div", { "class": "rb-slider-ends", "aria-hidden": "true" });
  const view = openView(given, "slider", {
    show(message) {
      shown = message;
      label.textContent = message.label;
      range.max = String(message.steps.length);
      ends.replaceChildren(make("span", null, message.words.none), make("span", null, fill(message.words.most, { count: message.steps.length })));
      draw();
    },
  });
  view.root.append(make("section", { class: "rb-card" }, label, range, ends, output));
  return view.end;
}

export default { render: renderSlider };
