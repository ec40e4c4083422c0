// Two versions of one reply, side by side, until the person has chosen.

import { optionWords } from "./exercise-ranking.js";
import { freshId, make } from "./lib/dom.js";
import { joinReplies } from "./lib/values.js";

/** @param {any} question @param {string[]} ids @param {"ol" | "ul"} tag */
function listOf(question, ids, tag) {
  return make(tag, { class: "rb-version-list" }, ...ids.map((id) => make("li", null, optionWords(question, id))));
}

/**
 * A reply as something to read.
 * @param {import("./exercise-page.js").Desk} desk @param {any} question @param {any} value
 * @returns {HTMLElement}
 */
export function readable(desk, question, value) {
  if (value === null || value === undefined || value === "") return make("p", { class: "rb-version-none" }, desk.say("version_empty"));
  if (question.labels) {
    const parts = question.labels.filter((/** @type {string[]} */ [name]) => value[name]);
    return make("dl", { class: "rb-version-form" }, ...parts.flatMap(([name, words]) => [make("dt", null, words), make("dd", null, value[name])]));
  }
  if (question.piles) {
    const piles = question.piles.filter((/** @type {any} */ pile) => value[pile.id]?.length);
    const parts = piles.flatMap((/** @type {any} */ pile) => [make("dt", null, pile.text), make("dd", null, listOf(question, value[pile.id], "ul"))]);
    return make("dl", { class: "rb-version-form" }, ...parts);
  }
  if (Array.isArray(value)) return listOf(question, value, question.kind === "ranking" ? "ol" : "ul");
  const words = question.options ? optionWords(question, value) : dayOr(desk, question, value);
  return make("p", { class: "rb-version-text", dir: "auto" }, words);
}

/** @param {import("./exercise-page.js").Desk} desk @param {any} question @param {any} value */
function dayOr(desk, question, value) {
  if (question.kind !== "date") return String(value);
  const day = new Intl.DateTimeFormat(desk.language, { dateStyle: "full", timeZone: "UTC" });
  return day.format(new Date(`${value}T00:00:00Z`));
}

/** @param {import("./exercise-page.js").Desk} desk @param {number | string | null} moment */
export function momentWords(desk, moment) {
  if (!moment) return "";
  const format = new Intl.DateTimeFormat(desk.language, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return format.format(new Date(moment));
}

/**
 * @param {import("./exercise-question.js").Place} place
 * @param {HTMLElement} frame The question, which the versions are shown in.
 * @param {HTMLElement} reply What the reply is given in; the versions stand before it.
 * @param {() => void} focus Puts the focus into the reply.
 * @returns {{refresh: () => void}}
 */
export function drawClash(place, frame, reply, focus) {
  const { desk, entry, question } = place;
  const { say } = desk;
  /** @type {HTMLElement | null} */
  let box = null;
  let shown = "";

  const button = (/** @type {"mine" | "theirs" | "both"} */ choice, /** @type {string} */ words) => {
    const choose = () => {
      desk.outbox.resolve(entry, choice);
      desk.announce(say("version_chosen"));
      focus();
    };
    return make("button", { type: "button", class: "rb-button rb-button-plain", "data-choice": choice, onclick: choose }, words);
  };
  const version = (/** @type {string} */ title, /** @type {any} */ moment, /** @type {any} */ value, /** @type {HTMLElement} */ act) => {
    const when = momentWords(desk, moment);
    const id = freshId("version");
    return make(
      "div",
      { "class": "rb-version", "role": "group", "aria-labelledby": id },
      make("p", { class: "rb-version-title", id }, title),
      make("p", { class: "rb-version-when" }, when ? say("version_when", { when }) : say("version_when_unknown")),
      readable(desk, question, value),
      act,
    );
  };
  const draw = (/** @type {any} */ theirs) => {
    const id = freshId("versions");
    const joined = joinReplies(entry.kind, entry.value, theirs.value);
    return make(
      "div",
      { "class": "rb-notice rb-clash", "role": "group", "aria-labelledby": id },
      make("p", { class: "rb-clash-title", id }, say("versions_title")),
      make("p", null, say("versions_hint")),
      make(
        "div",
        { class: "rb-versions" },
        version(say("version_mine"), entry.at, entry.value, button("mine", say("keep_mine"))),
        version(theirs.where || say("version_theirs"), theirs.made_at, theirs.value, button("theirs", say("take_theirs"))),
      ),
      joined !== undefined && make("div", { class: "rb-row" }, button("both", say("join_both"))),
    );
  };
  return {
    refresh() {
      const state = entry.theirs ? JSON.stringify([entry.value, entry.theirs]) : "";
      if (state === shown) return;
      if (!shown) desk.announce(say("versions_title"));
      shown = state;
      const next = entry.theirs ? draw(entry.theirs) : null;
      if (box && next) box.replaceWith(next);
      else if (next) frame.insertBefore(next, reply);
      else box?.remove();
      box = next;
    },
  };
}
