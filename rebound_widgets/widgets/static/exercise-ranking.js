// Things put in order: by tapping them in turn, by buttons, by arrow keys, or by dragging.

import { drawOwnAdd, isOwn } from "./exercise-choice.js";
import { dragBy, elementAt } from "./exercise-drag.js";
import { make } from "./lib/dom.js";

/** @param {any} question @param {string} id @returns {string} The words of an option. */
export function optionWords(question, id) {
  if (isOwn(id)) return id.slice(4);
  return question.options.find((/** @type {any} */ option) => option.id === id)?.text ?? id;
}

/**
 * @param {string} look @param {string} sign What is seen. @param {string} name What it is called.
 * @param {() => void} press @param {Record<string, unknown>} [attributes]
 */
function signButton(look, sign, name, press, attributes = {}) {
  return make(
    "button",
    { type: "button", class: `rb-sign ${look}`, "aria-label": name, title: name, onclick: press, ...attributes },
    make("span", { "aria-hidden": "true" }, sign),
  );
}

class Ranking {
  /** @param {import("./exercise-question.js").Place} place */
  constructor(place) {
    this.place = place;
    this.list = make("ol", { class: "rb-ranked" });
    this.nothing = make("p", { class: "rb-empty-list" }, place.desk.say("rank_empty"));
    this.rest = make("div", { class: "rb-rest" });
    this.own = place.question.own ? drawOwnAdd(place, () => {}) : null;
    /** Words of one's own seen so far: taken out of the order they can be put back. @type {Set<string>} */
    this.owns = new Set();
    this.node = make("div", { class: "rb-ranking" }, this.nothing, this.list, this.rest, this.own?.node);
  }

  /** @returns {string[]} */
  get order() {
    return this.place.entry.value ?? [];
  }

  /** @param {string} id */
  words(id) {
    return optionWords(this.place.question, id);
  }

  /**
   * Keeps a new order, says what moved and puts the focus where the hand is.
   * @param {string[]} next @param {string} id What moved. @param {string} focus The class of the control that was used.
   */
  keep(next, id, focus) {
    const { place } = this;
    place.change(next.length ? next : null, { now: true });
    this.draw();
    const at = next.indexOf(id);
    const facts = { what: this.words(id), place: at + 1, count: next.length };
    place.desk.announce(at < 0 ? place.desk.say("rank_out_done", facts) : place.desk.say("rank_moved", facts));
    const row = [...this.list.children].find((one) => one.dataset.option === id);
    const used = row?.querySelector(`.${focus}:not([aria-disabled="true"])`) ?? row?.querySelector(".rb-grip");
    const chip = this.rest.querySelector("button");
    (focus === "rb-chip" ? (chip ?? used) : (used ?? chip))?.focus();
  }

  /** @param {string} id @param {number} to @param {string} focus */
  move(id, to, focus) {
    const others = this.order.filter((one) => one !== id);
    const at = Math.max(0, Math.min(to, others.length));
    if (this.order.indexOf(id) === at) return;
    this.keep([...others.slice(0, at), id, ...others.slice(at)], id, focus);
  }

  /** @param {string} id */
  takeOut(id) {
    this.keep(this.order.filter((one) => one !== id), id, "rb-out");
  }

  /** @param {string} id @param {number} at @param {number} count */
  drawRow(id, at, count) {
    const { say } = this.place.desk;
    const what = this.words(id);
    const keys = (/** @type {KeyboardEvent} */ event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by) return;
      event.preventDefault();
      this.move(id, at + by, "rb-grip");
    };
    const off = (/** @type {boolean} */ yes) => ({ "aria-disabled": yes ? "true" : null });
    const grip = signButton("rb-grip", "⠿", say("rank_grip", { what, place: at + 1, count }), () => {}, { onkeydown: keys });
    const row = make(
      "li",
      { class: "rb-rank", "data-option": id },
      grip,
      make("span", { class: "rb-rank-number", "aria-hidden": "true" }, at + 1),
      make("span", { class: "rb-rank-words" }, what),
      make(
        "span",
        { class: "rb-rank-buttons" },
        signButton("rb-up", "↑", say("rank_up", { what }), () => this.move(id, at - 1, "rb-up"), off(at === 0)),
        signButton("rb-down", "↓", say("rank_down", { what }), () => this.move(id, at + 1, "rb-down"), off(at === count - 1)),
        signButton("rb-out", "×", say("rank_out", { what }), () => this.takeOut(id)),
      ),
    );
    const others = () => [...this.list.children].filter((one) => one !== row);
    const over = (/** @type {number} */ x, /** @type {number} */ y) => elementAt(others(), x, y);
    dragBy(grip, row, over, (target) => this.move(id, [...this.list.children].indexOf(target), "rb-grip"));
    return row;
  }

  /** @param {string} id */
  drawChip(id) {
    const what = this.words(id);
    return make(
      "button",
      {
        type: "button",
        class: "rb-chip",
        "aria-label": this.place.desk.say("rank_add", { what }),
        onclick: () => this.keep([...this.order, id], id, "rb-chip"),
      },
      make("span", { class: "rb-chip-sign", "aria-hidden": "true" }, "+"),
      what,
    );
  }

  draw() {
    const order = this.order.filter((id) => id !== this.own?.pending());
    for (const id of order) if (isOwn(id)) this.owns.add(id);
    this.list.replaceChildren(...order.map((id, at) => this.drawRow(id, at, order.length)));
    this.nothing.hidden = order.length > 0;
    const offered = [...this.place.question.options.map((/** @type {any} */ option) => option.id), ...this.owns];
    const left = offered.filter((id) => !order.includes(id));
    this.rest.replaceChildren(...left.map((id) => this.drawChip(id)));
    this.rest.hidden = left.length === 0;
  }
}

/** @param {import("./exercise-question.js").Place} place @returns {import("./exercise-question.js").Control} */
export function drawRanking(place) {
  const ranking = new Ranking(place);
  return {
    node: ranking.node,
    inputs: () => [...ranking.rest.querySelectorAll("button"), ...ranking.list.querySelectorAll("button")],
    show: () => ranking.draw(),
  };
}
