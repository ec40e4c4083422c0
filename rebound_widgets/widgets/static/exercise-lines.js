// Numbers beside the lines of a text, and what is to be said about a line: marked on it, and in a list that leads there.

import { make } from "./lib/dom.js";

/**
 * @typedef {object} Notes What the kernel says about lines of replies.
 * @property {Record<string, {line: number, text: string, tone: string}[]>} told By question.
 * @property {Set<() => void>} hears Called when something else is said.
 */

/** A text with more lines stands without numbers: drawing them would hold up whoever writes. */
const MOST_LINES = 4000;

/** @param {string} text @param {number} line From 1. @returns {[number, number]} Where the line begins and ends. */
function lineRange(text, line) {
  const lines = text.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return [start, start + (lines[line - 1] ?? "").length];
}

/**
 * @param {import("./exercise-question.js").Place} place @param {HTMLTextAreaElement} field
 * @returns {{node: HTMLElement, measure: () => void, end: () => void}}
 */
export function drawLines(place, field) {
  const { desk, question } = place;
  const back = make("div", { "class": "rb-lines-back", "aria-hidden": "true" });
  const list = make("ul", { class: "rb-line-notes" });
  const node = make("div", { class: "rb-lines" }, make("div", { class: "rb-lines-field" }, back, field), list);
  const said = () => desk.notes.told[question.id] ?? [];
  let waits = 0;
  let drawn = "";

  const scroll = () => {
    back.style.transform = `translateY(${-field.scrollTop}px)`;
  };
  const mark = () => {
    const tones = new Map(said().map((note) => [note.line, note.tone]));
    for (const { line, tone } of said()) if (tone === "problem") tones.set(line, tone);
    for (const [place, element] of [...back.children].entries()) {
      const tone = tones.get(place + 1) ?? "";
      if (element.dataset.tone !== tone) element.dataset.tone = tone;
    }
  };
  const draw = () => {
    waits = 0;
    back.style.width = `${field.clientWidth}px`;
    if (drawn !== field.value) {
      drawn = field.value;
      const lines = drawn.split("\n");
      const shown = lines.length > MOST_LINES ? [] : lines;
      while (back.children.length > shown.length) back.lastChild?.remove();
      for (const [place, text] of shown.entries()) {
        const element = back.children[place] ?? back.appendChild(make("div", { "data-line": place + 1 }));
        if (element.textContent !== text) element.textContent = text;
      }
    }
    mark();
    scroll();
  };
  const measure = () => {
    if (!waits) waits = window.requestAnimationFrame(draw);
  };
  const goTo = (/** @type {number} */ line) => {
    field.focus({ preventScroll: true });
    field.setSelectionRange(...lineRange(field.value, line));
    const there = back.children[line - 1];
    if (!there) return;
    field.scrollTop = Math.max(0, there.offsetTop - field.clientHeight / 2);
    scroll();
    there.scrollIntoView({ block: "center" });
  };
  const tell = () => {
    list.replaceChildren(
      ...said().map(({ line, text, tone }) => {
        const button = line > 0 && make("button", { type: "button", class: "rb-button rb-button-plain rb-button-small" }, desk.say("line", { line }));
        if (button) button.addEventListener("click", () => goTo(line));
        return make("li", { "data-tone": tone }, button, make("span", null, text));
      }),
    );
    list.hidden = !said().length;
    measure();
  };

  field.addEventListener("input", measure);
  field.addEventListener("scroll", scroll, { passive: true });
  const sizes = new ResizeObserver(measure);
  sizes.observe(field);
  desk.notes.hears.add(tell);
  tell();
  return {
    node,
    measure,
    end() {
      desk.notes.hears.delete(tell);
      sizes.disconnect();
      window.cancelAnimationFrame(waits);
    },
  };
}
