// One question: its words, its control, what went wrong with the reply, and two versions of it where there are.

import { drawCardPiles } from "./exercise-cards.js";
import { drawChoice, drawScale, drawTicks } from "./exercise-choice.js";
import { drawClash } from "./exercise-clash.js";
import { drawForm, drawLine, drawProse } from "./exercise-text.js";
import { drawRanking } from "./exercise-ranking.js";
import { drawRepeat } from "./exercise-repeat.js";
import { drawTimedPage } from "./exercise-timed.js";
import { drawDate, drawNumber } from "./exercise-value.js";
import { freshId, make } from "./lib/dom.js";

/**
 * @typedef {object} Place Where a control stands.
 * @property {import("./exercise-page.js").Desk} desk
 * @property {any} question
 * @property {any} entry The reply, in the outbox.
 * @property {number | null} item
 * @property {string} labelId The element with the question's words.
 * @property {() => void} show Draws the reply anew.
 * @property {(value: any, how?: {now?: boolean, composing?: boolean}) => void} change The person changed the reply.
 * @property {() => void} leave The person left the field: what is written is sent at once.
 * @property {(sentence: string | null) => void} complain Says what is wrong with what is in the field, before it is sent.
 */

/**
 * @typedef {object} Control
 * @property {HTMLElement} node
 * @property {HTMLElement} [labelled] The one element that the label names; without it the question is a group.
 * @property {"radiogroup" | "group"} [role] The group's role.
 * @property {() => HTMLElement[]} inputs What is marked when the reply is refused; the first takes the focus.
 * @property {(value: any) => void} show Puts a reply from outside into the control.
 * @property {() => void} [end]
 */

/** A function for each kind of question. @type {Record<string, (place: Place) => Control>} */
const CONTROLS = {
  "prose": drawProse,
  "line": drawLine,
  "scale": drawScale,
  "choice": drawChoice,
  "several": drawTicks,
  "checklist": drawTicks,
  "ranking": drawRanking,
  "cards": drawCardPiles,
  "date": drawDate,
  "number": drawNumber,
  "people": drawForm,
  "if-then": drawForm,
  "star": drawForm,
  "repeat": drawRepeat,
  "timed-page": drawTimedPage,
};

/**
 * @param {import("./exercise-page.js").Desk} desk @param {any} question @param {number | null} item
 * @returns {Place & {problem: HTMLElement, refresh: () => void, sentence: string | null, describedBy: string[]}}
 */
function openPlace(desk, question, item) {
  const entry = desk.outbox.entry(desk.record, question.id, item, question.kind);
  const problem = make("p", { class: "rb-problem", id: freshId("problem"), role: "alert", hidden: true });
  let own = /** @type {string | null} */ (null);
  const place = {
    desk,
    question,
    entry,
    item,
    problem,
    labelId: freshId("label"),
    describedBy: [],
    refresh: () => {},
    show: () => {},
    change(/** @type {any} */ value, how = {}) {
      own = null;
      desk.outbox.change(entry, value, { ...how, source: place });
    },
    leave: () => desk.outbox.sendNow(entry),
    complain(/** @type {string | null} */ sentence) {
      own = sentence;
      place.refresh();
    },
    get sentence() {
      return own ?? entry.problem;
    },
  };
  return place;
}

/** @returns {SVGElement} A small lock, for the eye only. */
function drawLock() {
  const shackle = make("svg:path", { d: "M4 6V4.4a3 3 0 0 1 6 0V6", fill: "none", stroke: "currentColor", "stroke-width": 1.6 });
  const body = make("svg:rect", { x: 2, y: 6, width: 10, height: 7, rx: 1.6, fill: "currentColor" });
  return make("svg:svg", { "viewBox": "0 0 14 14", "class": "rb-lock", "aria-hidden": "true" }, shackle, body);
}

/** @param {any} place @param {Control} control @returns {HTMLElement} */
function drawFrame(place, control) {
  const { question, item, desk } = place;
  const hint = question.hint && question.kind !== "repeat" && make("p", { class: "rb-hint", id: freshId("hint") }, question.hint);
  // A timed page is in no report; what else is private can be ticked there by the person.
  const kept = question.kind === "timed-page" ? desk.say("private_never") : desk.say("private");
  const secret = question.private && make("p", { class: "rb-private", id: freshId("private") }, drawLock(), kept);
  const own = {
    "class": `rb-question rb-kind-${question.kind}`,
    "data-question": question.id,
    "data-item": item,
    "data-kind": question.kind,
  };
  place.describedBy = [secret?.id, hint?.id].filter(Boolean);
  if (control.labelled) {
    control.labelled.id ||= freshId("field");
    const label = make("label", { class: "rb-label", id: place.labelId, for: control.labelled.id }, question.ask);
    return make("div", own, label, secret, hint, control.node, place.problem);
  }
  if (question.kind === "repeat") return make("section", { ...own, "aria-labelledby": place.labelId }, secret, control.node, place.problem);
  const legend = make("legend", { class: "rb-label", id: place.labelId }, question.ask);
  const role = control.role === "radiogroup" ? { role: "radiogroup", "aria-labelledby": place.labelId } : {};
  return make("fieldset", { ...own, ...role }, legend, secret, hint, control.node, place.problem);
}

/**
 * Marks the control and says what is wrong.
 * @param {any} place @param {Control} control @param {HTMLElement} frame
 */
function markProblem(place, control, frame) {
  const sentence = place.sentence;
  if (place.problem.textContent !== (sentence ?? "")) place.problem.textContent = sentence ?? "";
  place.problem.hidden = sentence === null;
  const target = control.labelled ?? frame;
  const ids = [...place.describedBy, ...(sentence === null ? [] : [place.problem.id])];
  if (ids.length) target.setAttribute("aria-describedby", ids.join(" "));
  else target.removeAttribute("aria-describedby");
  const fields = control.inputs().filter((input) => input.matches("input, textarea, select"));
  const marked = control.role === "radiogroup" ? [frame] : fields;
  for (const input of marked) {
    if (sentence === null) input.removeAttribute("aria-invalid");
    else input.setAttribute("aria-invalid", "true");
  }
}

/**
 * @param {import("./exercise-page.js").Desk} desk @param {any} question @param {number | null} item
 * @returns {{node: HTMLElement, focus: () => void, end: () => void}}
 */
export function drawQuestion(desk, question, item) {
  const draw = CONTROLS[question.kind];
  if (!draw) {
    const node = make("p", { class: "rb-notice", "data-question": question.id }, desk.say("unknown_kind", { ask: question.ask }));
    return { node, focus: () => {}, end: () => {} };
  }
  const place = openPlace(desk, question, item);
  const control = draw(place);
  const frame = drawFrame(place, control);
  const focus = () => control.inputs()[0]?.focus();
  const clash = drawClash(place, frame, control.node, focus);
  place.show = () => control.show(place.entry.value);
  place.refresh = () => {
    markProblem(place, control, frame);
    clash.refresh();
  };
  control.show(place.entry.value);
  place.refresh();
  const stop = desk.follow(place.entry, (what, source) => {
    if (what === "value" && source !== place) control.show(place.entry.value);
    place.refresh();
  });
  return {
    node: frame,
    focus,
    end() {
      stop();
      control.end?.();
    },
  };
}
