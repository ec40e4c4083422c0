// Questions answered with a day or a number.

import { freshId, make } from "./lib/dom.js";

/** @param {import("./exercise-question.js").Place} place @returns {import("./exercise-question.js").Control} */
export function drawDate(place) {
  const half = () => field.validity.badInput;
  const field = make("input", {
    type: "date",
    class: "rb-input rb-input-date",
    min: "1950-01-01",
    max: "2100-12-31",
    autocomplete: "off",
    oninput() {
      // While a year is typed the field passes through the years 0002, 0020 and 0202.
      if (!half() && !field.validity.rangeUnderflow) place.change(field.value || null);
    },
    onblur() {
      if (half()) place.complain(place.desk.say("date_partial"));
      else if (field.value !== (place.entry.value ?? "")) place.change(field.value || null, { now: true });
      else place.complain(null);
      place.leave();
    },
  });
  return {
    node: field,
    labelled: field,
    inputs: () => [field],
    show(value) {
      if (!half() && field.value !== (value ?? "")) field.value = value ?? "";
    },
  };
}

/**
 * What was typed as the number it is, or as text for the kernel to refuse in words.
 * @param {string} text @returns {number | string | null}
 */
function readNumber(text) {
  const typed = text.trim();
  if (!typed) return null;
  const plain = typed.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
  return /^[-+]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : typed;
}

/** @param {import("./exercise-question.js").Place} place @returns {import("./exercise-question.js").Control} */
export function drawNumber(place) {
  const { question } = place;
  const unit = question.unit && make("span", { class: "rb-unit", id: freshId("unit") }, question.unit);
  // Not type=number: it takes no comma in many places, and changes under a mouse wheel.
  const field = make("input", {
    type: "text",
    inputmode: Number(question.minimum ?? 0) < 0 ? "text" : "decimal",
    class: "rb-input rb-input-number",
    autocomplete: "off",
    oninput: () => place.change(readNumber(field.value)),
    onblur: () => place.leave(),
  });
  // The unit belongs to the name: "How much do you ask for? euros a year".
  if (unit) field.setAttribute("aria-labelledby", `${place.labelId} ${unit.id}`);
  return {
    node: make("div", { class: "rb-number" }, field, unit),
    labelled: field,
    inputs: () => [field],
    show(value) {
      if (JSON.stringify(readNumber(field.value)) === JSON.stringify(value ?? null)) return;
      const shown = typeof value === "number" ? new Intl.NumberFormat(place.desk.language, { useGrouping: false, maximumFractionDigits: 12 }).format(value) : value;
      field.value = shown ?? "";
    },
  };
}
