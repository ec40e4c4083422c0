// Questions answered in words: a line, prose, and small forms of a few named texts.

import { drawLines } from "./exercise-lines.js";
import { freshId, make } from "./lib/dom.js";
import { movedCursor } from "./lib/values.js";

const GROWS_BY_ITSELF = CSS.supports("field-sizing", "content");

/** Lets a text field be as high as its text, where the style sheet cannot. @param {HTMLTextAreaElement} area */
function grow(area) {
  if (GROWS_BY_ITSELF) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 4}px`;
}

/**
 * Puts text into a field; the cursor of somebody who is in it stays with the words it stood at, or at the end.
 * @param {HTMLTextAreaElement | HTMLInputElement} field @param {string} text
 */
function putText(field, text) {
  if (field.value === text) return;
  const { value: before, selectionStart, selectionEnd } = field;
  field.value = text;
  if (document.activeElement === field) {
    field.setSelectionRange(movedCursor(before, text, selectionStart ?? 0), movedCursor(before, text, selectionEnd ?? 0));
  }
  if (field instanceof HTMLTextAreaElement) grow(field);
}

/**
 * A text field that hands over what is written in it.
 * @param {{long: boolean, rows?: number, attributes?: Record<string, unknown>}} shape
 * @param {(text: string, composing: boolean) => void} wrote @param {() => void} left
 */
export function textField(shape, wrote, left) {
  let composing = false;
  const told = () => {
    if (shape.long) grow(field);
    wrote(field.value, composing);
  };
  const field = make(shape.long ? "textarea" : "input", {
    class: "rb-input",
    type: shape.long ? null : "text",
    rows: shape.long ? (shape.rows ?? 2) : null,
    dir: "auto",
    oninput: told,
    onblur: left,
    onchange: left,
    oncompositionstart: () => (composing = true),
    oncompositionend: () => {
      composing = false;
      told();
    },
    ...shape.attributes,
  });
  if (shape.long) field.style.setProperty("--rows", String(shape.rows ?? 2));
  return {
    field,
    /** @param {string | null | undefined} text */
    show(text) {
      // An unfinished word belongs to the input method: writing over it would tear it apart.
      if (!composing) putText(field, text ?? "");
      if (shape.long) window.requestAnimationFrame(() => grow(field));
    },
  };
}

/** @param {import("./exercise-question.js").Place} place @param {{long: boolean, rows?: number, attributes?: any}} shape */
function drawText(place, shape) {
  const wrote = (/** @type {string} */ text, /** @type {boolean} */ composing) => place.change(text || null, { composing });
  const { field, show } = textField(shape, wrote, place.leave);
  return { field, show };
}

/** @param {import("./exercise-question.js").Place} place @returns {import("./exercise-question.js").Control} */
export function drawProse(place) {
  if (place.question.numbered) return drawNumbered(place);
  const { field, show } = drawText(place, { long: true, rows: place.question.rows ?? 4 });
  return { node: field, labelled: field, inputs: () => [field], show };
}

/**
 * A text whose lines have numbers, such as a file's.
 * @param {import("./exercise-question.js").Place} place @returns {import("./exercise-question.js").Control}
 */
function drawNumbered(place) {
  const attributes = { spellcheck: "false", autocapitalize: "off", autocomplete: "off", dir: "ltr" };
  const { field, show } = drawText(place, { long: true, rows: place.question.rows ?? 4, attributes });
  const lines = drawLines(place, field);
  return {
    node: lines.node,
    labelled: field,
    inputs: () => [field],
    show(value) {
      show(value);
      lines.measure();
    },
    end: lines.end,
  };
}

/** @param {import("./exercise-question.js").Place} place @returns {import("./exercise-question.js").Control} */
export function drawLine(place) {
  const suggestions = place.question.suggestions ?? [];
  const list = suggestions.length ? freshId("suggestions") : null;
  const attributes = { list, autocomplete: "off", maxlength: null };
  const { field, show } = drawText(place, { long: false, attributes });
  const offered = list && make("datalist", { id: list }, ...suggestions.map((/** @type {string} */ value) => make("option", { value })));
  return { node: make("div", null, field, offered), labelled: field, inputs: () => [field], show };
}

const ONE_LINE = new Set(["name", "role", "contact"]);

/**
 * A small form: star, if-then, people.
 * @param {import("./exercise-question.js").Place} place @returns {import("./exercise-question.js").Control}
 */
export function drawForm(place) {
  const { question } = place;
  const short = question.kind === "people" ? ONE_LINE : new Set();
  /** @type {Map<string, {field: any, show: (text: any) => void}>} */
  const fields = new Map();
  const reply = () => {
    const written = [...fields].map(([name, { field }]) => [name, field.value]).filter(([, text]) => text.trim());
    return written.length ? Object.fromEntries(written) : null;
  };
  const rows = question.labels.map(([name, words]) => {
    const wrote = (/** @type {string} */ _text, /** @type {boolean} */ composing) => place.change(reply(), { composing });
    const id = freshId(name);
    const attributes = { id, "data-field": name, autocomplete: "off" };
    const text = textField({ long: !short.has(name), rows: 2, attributes }, wrote, place.leave);
    fields.set(name, text);
    return make("div", { class: "rb-form-row" }, make("label", { for: id }, words), text.field);
  });
  return {
    node: make("div", { class: `rb-form rb-form-${question.kind}` }, ...rows),
    inputs: () => [...fields.values()].map(({ field }) => field),
    show(value) {
      for (const [name, field] of fields) field.show(value?.[name]);
    },
  };
}
