// One exercise as a page part: heading, questions in cards, why it is asked, and the line that says what is saved.

import { drawQuestion } from "./exercise-question.js";
import { drawStatus } from "./exercise-status.js";
import { drawVersions } from "./exercise-versions.js";
import { fill, make } from "./lib/dom.js";
import { counted, languageOf } from "./lib/locale.js";

/**
 * @typedef {object} Desk What every question of a page part shares.
 * @property {HTMLElement} root
 * @property {import("./lib/outbox.js").Outbox} outbox
 * @property {string} record
 * @property {string} language
 * @property {number} level The level of headings inside.
 * @property {(key: string, facts?: Record<string, unknown>) => string} say Words on screen.
 * @property {(key: string, count: number, facts?: Record<string, unknown>) => string} count Counted words.
 * @property {(sentence: string) => void} announce Says something to screen readers.
 * @property {(entry: any, watcher: (what: string, source: any) => void) => () => void} follow
 * @property {import("./exercise-lines.js").Notes} notes
 * @property {(question: any, item?: number | null) => {node: HTMLElement, focus: () => void, end: () => void}} draw
 */

/**
 * @param {HTMLElement} root @param {any} outbox @param {Record<string, any>} shown
 * @param {import("./exercise-lines.js").Notes} notes @returns {Desk}
 */
function openDesk(root, outbox, shown, notes) {
  const ear = make("div", { class: "rb-hidden", role: "status" });
  root.append(ear);
  /** @type {Desk} */
  const desk = {
    root,
    outbox,
    notes,
    record: shown.record_id,
    language: languageOf(root),
    level: Number(shown.level ?? 2),
    say: (key, facts = {}) => fill(shown.words[key] ?? key, facts),
    count: (key, count, facts = {}) => counted(shown.words, key, count, desk.language, facts),
    announce(sentence) {
      ear.textContent = "";
      window.setTimeout(() => (ear.textContent = sentence), 50); // an emptied region says the same thing again
    },
    follow: (entry, watcher) =>
      outbox.watch((/** @type {any} */ one, /** @type {string} */ what, /** @type {any} */ source) => {
        if (one === entry) watcher(what, source);
      }),
    draw: (question, item = null) => drawQuestion(desk, question, item),
  };
  return desk;
}

/** @param {Record<string, any>} shown @param {Desk} desk @returns {HTMLElement | null} */
function drawHead(shown, desk) {
  if (!shown.heading && !shown.intro) return null;
  return make(
    "header",
    { class: "rb-exercise-head" },
    shown.heading && make(`h${desk.level}`, null, shown.heading),
    ...String(shown.intro ?? "").split(/\n{2,}/).filter(Boolean).map((text) => make("p", { class: "rb-exercise-intro" }, text)),
  );
}

/** @param {Record<string, any>} shown @param {Desk} desk @returns {HTMLElement | null} */
function drawWhy(shown, desk) {
  const sources = shown.evidence ?? [];
  if (!shown.why && !sources.length) return null;
  return make(
    "div",
    { class: "rb-evidence" },
    shown.why && make("p", null, shown.why),
    sources.length > 0 &&
      make(
        "details",
        null,
        make("summary", null, desk.say("evidence")),
        ...sources.map((/** @type {string} */ sentence) => make("p", null, sentence)),
      ),
  );
}

/**
 * Questions in a row share a card; a list has a card for each of its items.
 * @param {Record<string, any>} shown @param {Desk} desk
 */
function drawCards(shown, desk) {
  /** @type {{node: HTMLElement, end: () => void}[]} */
  const parts = [];
  const cards = [];
  /** @type {HTMLElement | null} */
  let card = null;
  for (const question of shown.questions) {
    const part = desk.draw(question);
    parts.push(part);
    if (question.kind === "repeat") {
      card = null;
      cards.push(part.node);
    } else {
      if (!card) cards.push((card = make("div", { class: "rb-card" })));
      card.append(part.node);
    }
  }
  const why = drawWhy(shown, desk);
  if (why) (card ?? { append: (/** @type {HTMLElement} */ node) => cards.push(node) }).append(why);
  return { cards, parts };
}

/**
 * Draws the exercise into `root`, in place of what was there.
 * @param {HTMLElement} root @param {any} outbox @param {Record<string, any>} shown
 * @param {import("./exercise-versions.js").Past} past @param {import("./exercise-lines.js").Notes} notes
 * @returns {() => void} Ends it.
 */
export function drawExercise(root, outbox, shown, past, notes) {
  root.replaceChildren();
  for (const name of ["role", "aria-labelledby"]) root.removeAttribute(name);
  root.classList.toggle("rb-exercise-facts", Boolean(shown.facts));
  const desk = openDesk(root, outbox, shown, notes);
  const head = drawHead(shown, desk);
  const status = drawStatus(desk);
  const { cards, parts } = drawCards(shown, desk);
  const heading = head?.querySelector("h1, h2, h3, h4, h5, h6");
  if (heading) {
    heading.id = `${outbox.line.page}-${outbox.id}`;
    root.setAttribute("role", "group");
    root.setAttribute("aria-labelledby", heading.id);
  }
  const versions = shown.has_versions ? drawVersions(desk, shown.questions, past) : null;
  root.prepend(...[head, status.node, ...cards, versions?.node ?? null].filter((part) => part !== null));
  return () => {
    status.end();
    versions?.end();
    for (const part of parts) part.end();
    root.replaceChildren();
  };
}
