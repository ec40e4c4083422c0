// What was written before: every reply of an exercise that had other words once, beside what stands there now.

import { momentWords, readable } from "./exercise-clash.js";
import { freshId, make } from "./lib/dom.js";

/**
 * @typedef {object} Past How an exercise asks its kernel for earlier versions.
 * @property {() => boolean} ask
 * @property {Set<(message: any) => void>} hears Called with each answer.
 */

/** @typedef {{question: any, item: number | null, key: string}} Asked */

/** @param {any[]} questions @param {string[]} keys @returns {Asked[]} Those with earlier versions, in the exercise's order. */
function askedOf(questions, keys) {
  const there = new Set(keys);
  return questions.flatMap((question) => {
    if (question.kind !== "repeat") return there.has(question.id) ? [{ question, item: null, key: question.id }] : [];
    const inner = new Map(question.questions.map((/** @type {any} */ one) => [one.id, one]));
    return keys
      .map((key) => ({ key, id: key.split("#")[0], item: Number(key.split("#")[1]) }))
      .filter(({ id }) => inner.has(id))
      .sort((one, other) => one.item - other.item)
      .map(({ key, id, item }) => ({ question: inner.get(id), item, key }));
  });
}

/**
 * One reply: what stands there now, and what stood there before.
 * @param {import("./exercise-page.js").Desk} desk @param {Asked} asked @param {any[]} versions @param {() => void} redraw
 */
function drawPast(desk, { question, item, key }, versions, redraw) {
  const entry = desk.outbox.entry(desk.record, question.id, item, question.kind);
  const id = freshId("past");
  const one = (/** @type {string} */ title, /** @type {string} */ when, /** @type {any} */ value, /** @type {HTMLElement | null} */ act) =>
    make(
      "div",
      { class: "rb-version" },
      make("p", { class: "rb-version-title" }, title),
      when && make("p", { class: "rb-version-when" }, when),
      readable(desk, question, value),
      act,
    );
  const bringBack = (/** @type {any} */ version) => {
    const act = make("button", { type: "button", class: "rb-button rb-button-plain rb-button-small" }, desk.say("past_bring_back"));
    act.setAttribute("aria-describedby", id);
    act.addEventListener("click", () => {
      desk.outbox.change(entry, version.value, { now: true });
      desk.announce(desk.say("past_brought_back"));
      redraw();
    });
    return act;
  };
  const name = item === null ? question.ask : desk.say("past_item", { ask: question.ask, number: item });
  return make(
    "section",
    { class: "rb-past", "data-past": key },
    make(`h${Math.min(desk.level + 1, 6)}`, { id }, name),
    make(
      "div",
      { class: "rb-versions" },
      one(desk.say("past_now"), "", entry.value, null),
      ...versions.map((version) => one(desk.say("past_before"), momentWords(desk, version.made_at), version.value, bringBack(version))),
    ),
  );
}

/**
 * A folded part at the end of an exercise; what it holds is fetched when it is opened. It is not there before
 * anything was kept: there is nothing earlier then.
 * @param {import("./exercise-page.js").Desk} desk @param {any[]} questions @param {Past} past
 * @returns {{node: HTMLElement, end: () => void}}
 */
export function drawVersions(desk, questions, past) {
  const inside = make("div", { class: "rb-pasts" });
  const node = make("details", { class: "rb-earlier" }, make("summary", null, desk.say("past")), inside);
  let late = 0;
  const say = (/** @type {string} */ key) => inside.replaceChildren(make("p", { class: "rb-hint", role: "status" }, desk.say(key)));
  const fetchThem = () => {
    window.clearTimeout(late);
    if (!past.ask()) say("past_no_answer");
    else late = window.setTimeout(() => say("past_no_answer"), 10000);
  };
  const hear = (/** @type {any} */ message) => {
    if (message.record_id !== desk.record || !node.open) return;
    window.clearTimeout(late);
    const all = askedOf(questions, Object.keys(message.versions));
    if (!all.length) return say("past_none");
    const redraw = () => window.setTimeout(fetchThem, 1500); // once what was brought back is on disk
    inside.replaceChildren(...all.map((asked) => drawPast(desk, asked, message.versions[asked.key], redraw)));
  };
  node.addEventListener("toggle", () => {
    if (!node.open) return;
    say("past_fetching");
    fetchThem();
  });
  past.hears.add(hear);
  const asked = new Set(questions.flatMap((one) => [one.id, ...(one.questions ?? []).map((/** @type {any} */ inner) => inner.id)]));
  const mine = (/** @type {any} */ entry) => entry.record === desk.record && asked.has(entry.question);
  const appear = () => (node.hidden = ![...desk.outbox.entries.values()].some((entry) => mine(entry) && entry.kept.revision > 0));
  const stop = desk.outbox.watch(appear);
  appear();
  return {
    node,
    end() {
      stop();
      window.clearTimeout(late);
      past.hears.delete(hear);
    },
  };
}
