// The Exercise widget: asks questions, shows replies, and hands over what is written.

import { drawExercise } from "./exercise-page.js";
import { entryKey, isJot, plainQuestion } from "./lib/entry.js";
import { holdHand } from "./lib/hand.js";
import { openOutbox, pageLine } from "./lib/line.js";
import { shownAlready } from "./lib/view.js";

const HELLO_AGAIN_MS = 2500;
const CARRY_AFTER_MS = 2500;

/**
 * What one model and its views share.
 * @typedef {object} Shared
 * @property {import("./lib/outbox.js").Outbox} outbox
 * @property {Record<string, any> | null} shown The kernel's last full show.
 * @property {number} since When it began, on the monotonic clock.
 * @property {Set<() => void>} views Each is called when something was shown.
 * @property {() => void} adopt Looks for drafts that nobody keeps.
 * @property {import("./exercise-versions.js").Past} past
 * @property {import("./exercise-lines.js").Notes} notes
 */

/** @param {any} questions @returns {Map<string, string>} Id to kind, those inside lists included. */
function kindsOf(questions) {
  const all = questions.flatMap((/** @type {any} */ one) => [one, ...(one.questions ?? [])]);
  return new Map(all.map((/** @type {any} */ one) => [one.id, one.kind]));
}

/** @param {Shared} shared @param {Record<string, any>} message */
function takeShow(shared, message) {
  const { outbox } = shared;
  if (message.questions) {
    const { replies, page, notes, ...rest } = message;
    shared.notes.told = notes ?? {};
    const before = JSON.stringify(shared.shown);
    shared.shown = rest;
    // Alone in a notebook there is no workbook: then the notebook's address keeps drafts apart.
    outbox.workbook = rest.workbook || `alone:${window.location.pathname}`;
    outbox.record = rest.record_id;
    for (const [id, kind] of kindsOf(rest.questions)) outbox.kinds.set(id, kind);
    outbox.line.speakWith(outbox, rest.words);
    outbox.merge(rest.record_id, replies);
    if (JSON.stringify(rest) !== before) for (const view of shared.views) view();
    for (const hear of shared.notes.hears) hear();
    shared.adopt();
  } else {
    outbox.merge(message.record_id, message.replies ?? {});
  }
}

/** @param {Shared} shared */
async function adoptDrafts(shared) {
  const { outbox, shown } = shared;
  if (!shown) return;
  const { record_id: record, questions } = shown;
  const kinds = kindsOf(questions);
  const wants = (/** @type {any} */ draft) => kinds.has(plainQuestion(draft)) && outbox.isFree(draft);
  const kept = (/** @type {number} */ post) => outbox.line.looksAfter(post);
  const drafts = await outbox.line.drafts.adopt(outbox.workbook, record, outbox.id, wants, kept);
  for (const draft of drafts) outbox.takeUp(draft, kinds.get(plainQuestion(draft)) ?? "");
  bringBackItems(outbox, record, questions, drafts);
  // Not at once: the page's other exercises may be about to take up their own.
  if (shown.carries && performance.now() - shared.since > CARRY_AFTER_MS) await carryOthers(outbox);
}

/**
 * Drafts of pages that are not open here: somebody went on to another page while nobody could be reached.
 * @param {import("./lib/outbox.js").Outbox} outbox
 */
async function carryOthers(outbox) {
  const { line } = outbox;
  const open = (/** @type {any} */ draft) => [...line.members.keys()].some((one) => one.record === draft.record && one.kinds.has(draft.question));
  // A form of one item and a table's cell are kept in ways of their own.
  const special = (/** @type {any} */ draft) => isJot(draft) || draft.record.includes("#") || draft.question.includes("\t");
  const left = (/** @type {any} */ draft) => outbox.left.has(entryKey(draft.record, draft.question, draft.item));
  const wants = (/** @type {any} */ draft) => !special(draft) && !open(draft) && !left(draft) && outbox.isFree(draft);
  const kept = (/** @type {number} */ post) => line.looksAfter(post);
  for (const draft of await line.drafts.adopt(outbox.workbook, null, outbox.id, wants, kept)) outbox.carry(draft);
}

/**
 * Words written in an item that the list does not hold bring the item back: they must not lie unseen.
 * @param {import("./lib/outbox.js").Outbox} outbox @param {string} record @param {any[]} questions @param {any[]} drafts
 */
function bringBackItems(outbox, record, questions, drafts) {
  for (const repeat of questions.filter((one) => one.kind === "repeat")) {
    const inner = new Set(repeat.questions.map((/** @type {any} */ one) => one.id));
    const list = outbox.entry(record, repeat.id, null, "repeat");
    const there = list.value ?? [];
    const missing = drafts.filter((draft) => inner.has(draft.question) && draft.value !== null && !there.includes(draft.item));
    const items = [...new Set(missing.map((draft) => draft.item))];
    if (items.length) outbox.change(list, [...there, ...items], { now: true });
  }
}

/**
 * @param {{model: any, signal: AbortSignal}} given
 * @returns {Shared}
 */
function openExercise({ model, signal }) {
  const line = pageLine();
  const send = (/** @type {Record<string, any>} */ content) => {
    try {
      model.send(content);
      return true;
    } catch {
      return false; // the connection is closed; the line sees it and sends again
    }
  };
  const outbox = openOutbox(line, send);
  /** @type {Shared} */
  const shared = {
    outbox,
    shown: null,
    since: performance.now(),
    views: new Set(),
    adopt: () => void adoptDrafts(shared),
    past: { ask: () => send({ type: "versions", page: line.page }), hears: new Set() },
    notes: { told: {}, hears: new Set() },
  };
  let asking = 0;
  const hello = (wait = HELLO_AGAIN_MS) => {
    window.clearTimeout(asking);
    if (send({ type: "hello", page: line.page })) line.asked(outbox);
    asking = window.setTimeout(() => !shared.shown && !signal?.aborted && hello(Math.min(wait * 2, 15000)), wait);
  };
  const heard = (/** @type {any} */ message) => {
    if (!message || (message.page && message.page !== line.page)) return;
    line.heard(outbox);
    if (message.type === "show") takeShow(shared, message);
    else if (message.type === "notes") {
      shared.notes.told = message.notes;
      for (const hear of shared.notes.hears) hear();
    } else if (message.type === "versions") for (const hear of shared.past.hears) hear(message);
    else if (["kept", "refused", "clash"].includes(message.type)) outbox.hear(message);
  };
  model.on("msg:custom", heard);
  const leave = line.join(outbox, model.widget_manager, { hello, adopt: shared.adopt });
  signal?.addEventListener("abort", () => {
    outbox.flush(true);
    window.clearTimeout(asking);
    model.off("msg:custom", heard);
    leave();
  });
  const given = shownAlready(model);
  if (given) takeShow(shared, given); // what changed since comes with the answer to the hello
  hello();
  return shared;
}

/** @param {Shared} shared @param {{el: HTMLElement, signal?: AbortSignal}} given @returns {() => void} */
function renderExercise(shared, { el, signal }) {
  const root = document.createElement("div");
  root.className = "rb rb-exercise";
  el.append(root);
  let end = () => {};
  /** @type {Record<string, any> | null} */
  let drawn = null;
  const draw = () => {
    const { shown } = shared;
    if (!shown) return;
    const same = drawn?.heading && shown.heading && JSON.stringify({ ...drawn, heading: shown.heading }) === JSON.stringify(shown);
    const heading = same ? root.querySelector(".rb-exercise-head > :is(h1, h2, h3, h4)") : null;
    const sameRecord = drawn?.record_id === shown.record_id;
    drawn = shown;
    if (heading) {
      heading.textContent = shown.heading; // the fields stay as they are: somebody may be writing in one
      return;
    }
    const takeUp = sameRecord ? holdHand(root) : () => {};
    end();
    end = drawExercise(root, shared.outbox, shown, shared.past, shared.notes);
    takeUp();
  };
  const stop = () => {
    shared.views.delete(draw);
    end();
    // Whoever leaves a page without a trace leaves nothing in its memory either.
    if (!shared.views.size) for (const entry of shared.outbox.entries.values()) entry.memory = null;
    root.remove();
  };
  shared.views.add(draw);
  signal?.addEventListener("abort", stop, { once: true });
  draw();
  return stop;
}

// A function, so that each model has its own: what it keeps belongs to one kernel's widget.
export default () => {
  /** @type {Shared} */
  let shared;
  return {
    initialize(/** @type {any} */ given) {
      shared = openExercise(given);
    },
    render(/** @type {any} */ given) {
      return renderExercise(shared, given);
    },
  };
};
