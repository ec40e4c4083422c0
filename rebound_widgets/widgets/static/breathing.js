// Slow breathing at an even pace: a circle for those who like to look, words for everybody.

import { fill, make } from "./lib/dom.js";
import { openView } from "./lib/view.js";

function renderBreathing(/** @type {any} */ given) {
  /** @type {any} */
  let shown = null;
  let timer = 0;
  let breath = 0;
  const title = make("h2", null);
  const text = make("p", { class: "rb-breath-text" });
  const circle = make("div", { class: "rb-breath-circle" });
  const phase = make("p", { class: "rb-breath-phase" });
  const count = make("p", { class: "rb-breath-count" });
  // The pace is in the text; each turn said aloud by a screen reader would be anything but calm.
  const stage = make("div", { "class": "rb-breath-stage", "aria-hidden": "true" }, make("div", { class: "rb-breath-ring" }, circle), phase, count);
  const said = make("p", { class: "rb-hint rb-breath-said", role: "status" });
  const button = make("button", { type: "button", class: "rb-button", onclick: () => (timer ? stop(shown.words.stopped) : start()) });

  /** @param {"in" | "out" | "rest"} name */
  const turn = (name) => {
    circle.dataset.phase = name;
    circle.style.transitionDuration = name === "rest" ? "0s" : `${name === "in" ? shown.in_s : shown.out_s}s`;
    phase.textContent = name === "rest" ? "" : shown.words[name];
  };
  const next = () => {
    if (breath >= shown.breaths) return stop(shown.words.after);
    breath += 1;
    count.textContent = fill(shown.words.count, { number: breath, count: shown.breaths });
    turn("in");
    timer = window.setTimeout(() => {
      turn("out");
      timer = window.setTimeout(next, shown.out_s * 1000);
    }, shown.in_s * 1000);
  };
  function start() {
    breath = 0;
    said.textContent = shown.words.started;
    button.textContent = shown.words.stop;
    button.classList.add("rb-button-plain");
    next();
  }
  /** @param {string} sentence */
  function stop(sentence) {
    window.clearTimeout(timer);
    timer = 0;
    turn("rest");
    count.textContent = "";
    said.textContent = sentence;
    button.textContent = shown.words.again;
  }
  const view = openView(given, "breathing", {
    show(message) {
      const first = shown === null;
      shown = message;
      title.textContent = message.title;
      title.hidden = !message.title;
      text.textContent = fill(message.words.text, { in: message.in_s, out: message.out_s, breaths: message.breaths });
      if (first) {
        button.textContent = message.words.start;
        turn("rest");
      }
    },
    end: () => window.clearTimeout(timer),
  });
  view.root.append(make("section", { class: "rb-card rb-breath" }, title, text, stage, said, make("div", { class: "rb-row" }, button)));
  return view.end;
}

export default { render: renderBreathing };
