// A quiet clock for an answer said out loud: it counts up, and says the time once, at the end.

import { fill, make } from "./lib/dom.js";
import { openView } from "./lib/view.js";

/** @param {number} seconds @returns {string} Minutes and seconds, "1:05". */
function spokenTime(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** @param {any} given */
function renderSpeakTimer(given) {
  /** @type {Record<string, string>} */
  let words = {};
  let began = 0;
  let ticking = 0;
  // Not a live region: a screen reader that reads each second would speak over the person.
  const face = make("span", { class: "rb-speak-face", role: "timer", "aria-live": "off" }, spokenTime(0));
  const button = make("button", { type: "button", class: "rb-button rb-button-plain", onclick: () => (ticking ? stop() : start()) });
  const said = make("p", { class: "rb-hint rb-speak-said", role: "status" });
  const seconds = () => Math.round((Date.now() - began) / 1000);
  function start() {
    began = Date.now();
    said.textContent = "";
    face.textContent = spokenTime(0);
    ticking = window.setInterval(() => (face.textContent = spokenTime(seconds())), 1000);
    button.textContent = words.stop;
  }
  function stop() {
    window.clearInterval(ticking);
    ticking = 0;
    face.textContent = spokenTime(seconds());
    said.textContent = fill(words.spoken, { time: spokenTime(seconds()) });
    button.textContent = words.again;
  }
  const view = openView(given, "speak", {
    show(message) {
      words = message.words;
      face.setAttribute("aria-label", words.label);
      if (!ticking && !began) button.textContent = words.start;
      if (!said.textContent && !began) said.textContent = words.aim;
    },
    end: () => window.clearInterval(ticking),
  });
  view.root.append(make("div", { class: "rb-row" }, button, face), said);
  return view.end;
}

export default { render: renderSpeakTimer };
