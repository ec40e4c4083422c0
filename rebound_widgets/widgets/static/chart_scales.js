// Axes of a chart: from values to pixels, and values to words.

import { dayNumber, dayWords, percentWords } from "./lib/locale.js";
import { niceStep, niceTicks } from "./lib/plot.js";

/** @typedef {{kind?: string, label?: string, low?: number | string, high?: number | string, unit?: string}} AxisSpec */
/** @typedef {{kind: string, low: number, high: number, at: (value: any) => number, words: (value: any) => string,
 *   tickWords: (value: number) => string, ticks: (wanted: number) => number[], read: (value: any) => number}} ChartScale */

/**
 * The numbers every mark puts on an axis.
 * @param {any[]} marks @param {"x" | "y"} axis @param {boolean} spread Whether intervals lie along this axis.
 * @param {(value: any) => number} read
 * @returns {number[]}
 */
function valuesOn(marks, axis, spread, read) {
  return marks
    .flatMap((mark) => [mark[axis], ...(mark.values ?? []).flatMap((/** @type {any} */ value) => [value[axis], ...(spread ? [value.low, value.high] : [])])])
    .filter((value) => value !== null && value !== undefined)
    .map(read)
    .filter((value) => Number.isFinite(value));
}

/**
 * How values of one axis are read and said.
 * @param {AxisSpec} axis @param {string} language
 */
export function axisWords(axis, language) {
  if (axis.kind === "date") {
    const read = (/** @type {any} */ value) => (typeof value === "number" ? value : (dayNumber(value) ?? NaN));
    return { read, words: (/** @type {any} */ value) => (Number.isFinite(read(value)) ? dayWords(read(value), language, "dayYear") : "") };
  }
  if (axis.kind === "share") return { read: Number, words: (/** @type {any} */ value) => percentWords(Number(value), language) };
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const unit = axis.unit ? ` ${axis.unit}` : "";
  return { read: Number, words: (/** @type {any} */ value) => `${number.format(Number(value))}${unit}` };
}

/**
 * A scale of numbers, shares or days.
 * @param {AxisSpec} axis @param {any[]} marks @param {"x" | "y"} name @param {boolean} spread
 * @param {[number, number]} range Pixels of the low and the high end.
 * @param {string} language
 * @returns {ChartScale}
 */
export function chartScale(axis, marks, name, spread, range, language) {
  const { read, words } = axisWords(axis, language);
  const values = valuesOn(marks, name, spread, read);
  const date = axis.kind === "date";
  const lowest = values.length ? values.reduce((one, other) => Math.min(one, other)) : 0;
  const highest = values.length ? values.reduce((one, other) => Math.max(one, other)) : 1;
  let low = axis.low === undefined ? (date ? lowest : Math.min(lowest, 0)) : read(axis.low);
  let high = axis.high === undefined ? highest : read(axis.high);
  if (axis.kind === "share" && axis.high === undefined) high = Math.min(1, Math.max(high * 1.08, 0.1));
  if (high <= low) high = low + (date ? 7 : 1);
  if (axis.high === undefined && name === "y" && !date && axis.kind !== "share") {
    const step = niceStep((high - low) / 4);
    high = Math.ceil(high / step - 1e-9) * step; // so that the highest value has a line above it
  }
  const at = (/** @type {any} */ value) => range[0] + ((read(value) - low) / (high - low)) * (range[1] - range[0]);
  const graded = axis.low !== undefined && axis.high !== undefined && Number.isInteger(low) && high - low <= 6 && axis.kind !== "share";
  const ticks = (/** @type {number} */ wanted) =>
    date ? dayTicks(low, high, wanted) : niceTicks(low, high, graded ? high - low : wanted);
  const tickWords = (/** @type {number} */ value) => (date && high - low >= 45 ? monthWords(value, language) : words(value));
  return { kind: axis.kind ?? "number", low, high, at, words, tickWords, read, ticks };
}

/** A month's first day, January with its year. @param {number} day @param {string} language */
function monthWords(day, language) {
  return dayWords(day, language, new Date(day * 86400000).getUTCMonth() === 0 ? "year" : "month");
}

/** @param {number} low @param {number} high @param {number} wanted */
function dayTicks(low, high, wanted) {
  const wide = (high - low) / 30.4 / Math.max(wanted, 1);
  const months = [1, 2, 3, 4, 6, 12, 24, 60].find((step) => step >= wide) ?? 120;
  if (high - low < 45) return niceTicks(low, high, wanted).filter((day) => Number.isInteger(day));
  const firstYear = new Date(low * 86400000).getUTCFullYear();
  const ticks = [];
  for (let step = 0; ticks.length < 100; step += months) {
    const day = Math.round(Date.UTC(firstYear, step, 1) / 86400000); // counted from January, so that years get a line
    if (day > high) break;
    if (day >= low) ticks.push(day);
  }
  return ticks;
}
