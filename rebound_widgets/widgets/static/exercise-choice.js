// Questions answered by choosing: a scale, one of several, any of several.

import { freshId, make, onPhone } from "./lib/dom.js";

const FEW = 7;

/**
 * A radio button or checkbox with its words.
 * @param {"radio" | "checkbox"} type @param {string} name @param {string} value
 * @param {(Node | string | null)[]} words @param {string} look @param {(input: any) => void} changed
 */
function tick(type, name, value, words, look, changed) {
  const input = make("input", { type, name, value, onchange: () => changed(input) });
  const label = make("label", { class: look }, input, make("span", null, ...words));
  return { input, label };
}

/** @param {import("./exercise-question.js").Place} place @returns {import("./exercise-question.js").Control} */
export function drawScale(place) {
  const { question, desk } = place;
  const name = freshId("scale");
  const { low, high } = question;
  const changed = (/** @type {any} */ input) => place.change(input.value === "" ? null : Number(input.value), { now: true });
  const ends = new Map([[low, question.low_word], [high, question.high_word]]);
  const steps = Array.from({ length: high - low + 1 }, (_unused, place_) => {
    const step = low + place_;
    const meaning = ends.has(step) ? make("span", { class: "rb-hidden" }, ` ${ends.get(step)}`) : null;
    return tick("radio", name, String(step), [String(step), meaning], "rb-scale-step", changed);
  });
  const unrated = tick("radio", name, "", [question.unanswered || desk.say("not_rated")], "rb-unrated", changed);
  const all = [...steps, unrated];
  const end = (/** @type {number} */ step) =>
    make("span", { "aria-hidden": "true" }, make("span", { class: "rb-end-number" }, `${step} `), ends.get(step));
  return {
    node: make(
      "div",
      { class: `rb-scale rb-scale-${steps.length}` },
      make("div", { class: "rb-scale-steps" }, ...steps.map(({ label }) => label)),
      make("div", { class: "rb-ends" }, end(low), unrated.label, end(high)),
    ),
    role: "radiogroup",
    inputs: () => [all.find(({ input }) => input.checked)?.input ?? all[0].input],
    show(value) {
      for (const { input } of all) input.checked = input.value === String(value ?? "");
    },
  };
}

/**
 * A line for words of one's own, beside what is offered.
 * @param {string | null} label Its name, where no label element names it.
 * @param {(text: string, composing: boolean) => void} wrote @param {() => void} left
 */
export function ownLine(label, wrote, left) {
  let composing = false;
  const told = () => wrote(field.value, composing);
  const field = make("input", {
    type: "text",
    class: "rb-input rb-own-line",
    dir: "auto",
    autocomplete: "off",
    "aria-label": label,
    oninput: told,
    onblur: left,
    oncompositionstart: () => (composing = true),
    oncompositionend: () => ((composing = false), told()),
  });
  return field;
}

/** Whether a choice is words of one's own. @param {any} value */
export function isOwn(value) {
  return typeof value === "string" && value.startsWith("own:");
}

/** @param {import("./exercise-question.js").Place} place @returns {import("./exercise-question.js").Control} */
export function drawChoice(place) {
  return place.question.options.length <= FEW ? drawRadios(place) : drawSelect(place);
}

/** @param {import("./exercise-question.js").Place} place @returns {import("./exercise-question.js").Control} */
function drawRadios(place) {
  const { question, desk } = place;
  const name = freshId("choice");
  const own = question.own ? drawOwnChoice(place) : null;
  const changed = (/** @type {any} */ input) => {
    own?.open(input.value === "own:");
    if (input.value === "own:") own?.take();
    else place.change(input.value || null, { now: true });
  };
  const option = (/** @type {any} */ one) => tick("radio", name, one.id, [one.text], "rb-option", changed);
  const all = question.options.map(option);
  if (own) all.push(tick("radio", name, "own:", [desk.say("other")], "rb-option", changed));
  const none = tick("radio", name, "", [question.unanswered || desk.say("no_answer")], "rb-option rb-option-none", changed);
  return {
    node: make(
      "div",
      { class: "rb-options" },
      ...all.map((/** @type {any} */ one) => one.label),
      own?.node,
      none.label,
    ),
    role: "radiogroup",
    inputs: () => [[...all, none].find((one) => one.input.checked)?.input ?? all[0].input],
    show(value) {
      const shown = isOwn(value) ? "own:" : (value ?? "");
      // "Other" chosen and nothing written yet is no reply, and no reason to take the choice back.
      if (shown === "" && own?.isOpen()) return;
      for (const { input } of [...all, none]) input.checked = input.value === shown;
      own?.open(shown === "own:");
      own?.show(value);
    },
  };
}

/** @param {import("./exercise-question.js").Place} place @returns {import("./exercise-question.js").Control} */
function drawSelect(place) {
  const { question, desk } = place;
  const own = question.own ? drawOwnChoice(place) : null;
  const option = (/** @type {string} */ value, /** @type {string} */ text) => make("option", { value }, text);
  const select = make(
    "select",
    {
      class: "rb-input rb-select",
      onchange() {
        own?.open(select.value === "own:");
        if (select.value === "own:") own?.take();
        else place.change(select.value || null, { now: true });
      },
    },
    option("", question.unanswered || desk.say("no_answer")),
    ...question.options.map((/** @type {any} */ one) => option(one.id, one.text)),
    own && option("own:", desk.say("other")),
  );
  return {
    node: make("div", { class: "rb-options" }, select, own?.node),
    labelled: select,
    inputs: () => [select],
    show(value) {
      const shown = isOwn(value) ? "own:" : (value ?? "");
      if (shown === "" && own?.isOpen()) return;
      select.value = shown;
      own?.open(shown === "own:");
      own?.show(value);
    },
  };
}

/** The line that opens under "Other". @param {import("./exercise-question.js").Place} place */
function drawOwnChoice(place) {
  const reply = () => (field.value.trim() ? `own:${field.value}` : null);
  const wrote = (/** @type {string} */ _text, /** @type {boolean} */ composing) => place.change(reply(), { composing });
  const field = ownLine(null, wrote, place.leave);
  field.id = freshId("own");
  const label = make("label", { class: "rb-own-label", for: field.id }, place.desk.say("own_words"));
  const node = make("div", { class: "rb-own", hidden: true }, label, field);
  return {
    node,
    isOpen: () => !node.hidden,
    /** @param {boolean} open */
    open(open) {
      node.hidden = !open;
    },
    take() {
      field.focus();
      if (reply() !== null || place.entry.value !== null) place.change(reply(), { now: true });
    },
    /** @param {any} value */
    show(value) {
      if (isOwn(value) && reply() !== value) field.value = value.slice(4);
    },
  };
}

/**
 * Checkboxes: several, checklist.
 * @param {import("./exercise-question.js").Place} place @returns {import("./exercise-question.js").Control}
 */
export function drawTicks(place) {
  const { question } = place;
  const list = make("div", { class: question.options.length > 5 ? "rb-options rb-options-many" : "rb-options" });
  /** @type {Map<string, any>} */
  const boxes = new Map();
  const changed = (/** @type {any} */ input) => {
    const before = (place.entry.value ?? []).filter((/** @type {string} */ one) => one !== input.value);
    const after = input.checked ? [...before, input.value] : before;
    place.change(after.length ? after : null, { now: true });
    folded?.say(after.length);
  };
  const add = (/** @type {string} */ value, /** @type {string} */ words) => {
    const box = tick("checkbox", "", value, [words], `rb-option rb-option-${question.kind}`, changed);
    box.input.removeAttribute("name");
    boxes.set(value, box.input);
    list.append(box.label);
    return box.input;
  };
  for (const { id, text } of question.options) add(id, text);
  const own = question.own ? drawOwnAdd(place, (text) => add(`own:${text}`, text)) : null;
  const folded = question.fold && question.options.length > UNFOLDED && onPhone() ? drawFold(place, list) : null;
  return {
    node: make("div", null, folded?.node ?? list, own?.node),
    inputs: () => [...boxes.values()],
    show(value) {
      const chosen = new Set(value ?? []);
      for (const one of chosen) if (!boxes.has(one) && one !== own?.pending()) add(one, isOwn(one) ? one.slice(4) : one);
      for (const [id, input] of boxes) input.checked = chosen.has(id);
      folded?.say(chosen.size);
    },
  };
}

/** A list of so few is shorter than its fold. */
const UNFOLDED = 2;

/**
 * A long list that can be ticked, folded until it is wanted, with how many of it are ticked.
 * @param {import("./exercise-question.js").Place} place @param {HTMLElement} list
 */
function drawFold(place, list) {
  const count = make("summary", null);
  const chosen = place.entry.value?.length ?? 0;
  return {
    node: make("details", { class: "rb-ticks-fold", open: chosen > 0 }, count, list),
    say(/** @type {number} */ ticked) {
      count.textContent = place.desk.say("ticked_of", { ticked, count: place.question.options.length });
    },
  };
}

/**
 * A line and a button that add words of one's own to a list. They are part of the reply from the first key on,
 * so that nothing is lost; pressing the button, Enter or leaving the line makes them one of the choices.
 * @param {import("./exercise-question.js").Place} place
 * @param {(text: string) => void} added Draws the new choice; the reply holds it already.
 */
export function drawOwnAdd(place, added) {
  const { desk } = place;
  /** @type {string | null} */
  let pending = null;
  const tidy = () => field.value.trim().replace(/\s+/g, " ");
  const wrote = (/** @type {string} */ _text, /** @type {boolean} */ composing) => {
    const others = (place.entry.value ?? []).filter((/** @type {string} */ one) => one !== pending);
    const value = `own:${tidy()}`;
    pending = tidy() && !others.includes(value) ? value : null;
    const after = pending ? [...others, pending] : others;
    place.change(after.length ? after : null, { composing });
  };
  const take = (/** @type {boolean} */ stay) => {
    const text = tidy();
    if (!text) return;
    pending = null;
    field.value = "";
    added(text);
    place.change(place.entry.value, { now: true });
    place.show();
    desk.announce(desk.say("own_added", { words: text }));
    if (stay) field.focus();
  };
  const field = ownLine(null, wrote, () => take(false));
  field.id = freshId("own");
  field.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    take(true);
  });
  const button = make("button", { type: "button", class: "rb-button rb-button-plain", onclick: () => take(true) }, desk.say("own_add"));
  const label = make("label", { class: "rb-own-label", for: field.id }, desk.say("own_label"));
  const node = make("div", { class: "rb-own-add" }, label, make("div", { class: "rb-own-row" }, field, button));
  return { node, pending: () => pending };
}
