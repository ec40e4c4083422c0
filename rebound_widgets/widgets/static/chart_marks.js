// The marks of a chart: bars with their interval, lines with their band, dots, rules.

import { make } from "./lib/dom.js";

/** @typedef {{x: import("./chart_scales.js").ChartScale, y: import("./chart_scales.js").ChartScale}} Scales */

export const TONES = ["accent", "plum", "warm", "quiet"];

/** @param {any} mark @param {number} place @returns {string} */
export function toneOf(mark, place) {
  return TONES.includes(mark.tone) ? mark.tone : TONES[place % TONES.length];
}

/** A number and its interval in words. @param {any} value @param {any} estimate @param {(value: any) => string} words @param {Record<string, string>} sentences */
export function valueWords(value, estimate, words, sentences) {
  if (estimate === null || estimate === undefined) return "";
  if (value.low === null || value.low === undefined || value.high === null || value.high === undefined) return words(estimate);
  return sentences.with_interval.replace("{value}", words(estimate)).replace("{low}", words(value.low)).replace("{high}", words(value.high));
}

/**
 * A bar along one row, with its interval as a line with ends.
 * @param {import("./chart_scales.js").ChartScale} scale Along the bar.
 * @param {any} value @param {number} middle @param {number} thick @param {string} tone
 * @returns {SVGElement[]}
 */
export function rowBar(scale, value, middle, thick, tone) {
  const nodes = [];
  const from = scale.at(scale.low);
  if (value.x !== null && value.x !== undefined) {
    const to = scale.at(value.x);
    nodes.push(make("svg:rect", { class: `rb-bar rb-tone-${tone}`, x: Math.min(from, to), y: middle - thick / 2, width: Math.max(Math.abs(to - from), 1.5), height: thick, rx: 3 }));
  }
  if (value.low !== null && value.low !== undefined && value.high !== null && value.high !== undefined) {
    const [low, high] = [scale.at(value.low), scale.at(value.high)];
    const cap = Math.min(thick / 2, 6);
    nodes.push(make("svg:path", { class: "rb-interval", d: `M${low} ${middle - cap}V${middle + cap}M${low} ${middle}H${high}M${high} ${middle - cap}V${middle + cap}` }));
    if (value.x !== null && value.x !== undefined) nodes.push(make("svg:circle", { class: "rb-estimate", cx: scale.at(value.x), cy: middle, r: 4 }));
  }
  return nodes;
}

/**
 * A standing bar.
 * @param {import("./chart_scales.js").ChartScale} scale Along the bar, upwards.
 * @param {any} value @param {number} middle @param {number} thick @param {string} tone
 * @returns {SVGElement[]}
 */
export function columnBar(scale, value, middle, thick, tone) {
  if (value.y === null || value.y === undefined) return [];
  const ground = scale.at(scale.low);
  const top = scale.at(value.y);
  const nodes = [make("svg:rect", { class: `rb-bar rb-tone-${tone}`, x: middle - thick / 2, y: top, width: thick, height: Math.max(ground - top, 1.5), rx: Math.min(3, thick / 3) })];
  if (value.low !== null && value.low !== undefined && value.high !== null && value.high !== undefined) {
    const [low, high] = [scale.at(value.low), scale.at(value.high)];
    const cap = Math.min(thick / 2, 6);
    nodes.push(make("svg:path", { class: "rb-interval", d: `M${middle - cap} ${low}H${middle + cap}M${middle} ${low}V${high}M${middle - cap} ${high}H${middle + cap}` }));
  }
  return nodes;
}

/** @param {[number, number][]} points @param {boolean} step @returns {string} */
function linePath(points, step) {
  return points
    .map(([x, y], place) => (place === 0 ? `M${x} ${y}` : step ? `H${x}V${y}` : `L${x} ${y}`))
    .join("");
}

/**
 * A curve and the band around it.
 * @param {Scales} scales @param {any} mark @param {string} tone @param {number} place Its number among the curves.
 * @returns {SVGElement[]}
 */
export function curve({ x, y }, mark, tone, place) {
  const values = mark.values.filter((/** @type {any} */ value) => Number.isFinite(x.read(value.x)) && value.y !== null && value.y !== undefined);
  if (!values.length) return [];
  const nodes = [];
  const banded = values.filter((/** @type {any} */ value) => value.low !== null && value.low !== undefined && value.high !== null && value.high !== undefined);
  if (banded.length > 1) {
    const upper = linePath(banded.map((/** @type {any} */ value) => [x.at(value.x), y.at(value.high)]), mark.step);
    const back = [...banded].reverse();
    const lower = back.map((/** @type {any} */ value, /** @type {number} */ at) => {
      const before = at && mark.step ? `V${y.at(value.low)}` : "";
      return `${before}${mark.step ? `H${x.at(value.x)}${at ? "" : `V${y.at(value.low)}`}` : `L${x.at(value.x)} ${y.at(value.low)}`}`;
    });
    nodes.push(make("svg:path", { class: `rb-band rb-tone-${tone}`, d: `${upper}${lower.join("")}Z` }));
  }
  const line = linePath(values.map((/** @type {any} */ value) => [x.at(value.x), y.at(value.y)]), mark.step);
  nodes.push(make("svg:path", { class: `rb-line rb-tone-${tone} rb-dash-${place % 4}`, d: line }));
  if (values.length === 1) nodes.push(dot(x.at(values[0].x), y.at(values[0].y), tone, place));
  return nodes;
}

/**
 * A dot; each group has a shape of its own.
 * @param {number} x @param {number} y @param {string} tone @param {number} place
 * @returns {SVGElement}
 */
export function dot(x, y, tone, place) {
  const looks = { class: `rb-dot rb-tone-${tone}` };
  if (place % 4 === 1) return make("svg:path", { ...looks, d: `M${x} ${y - 6.5}L${x + 6.5} ${y}L${x} ${y + 6.5}L${x - 6.5} ${y}Z` });
  if (place % 4 === 2) return make("svg:rect", { ...looks, x: x - 5, y: y - 5, width: 10, height: 10, rx: 1 });
  if (place % 4 === 3) return make("svg:path", { ...looks, d: `M${x} ${y - 6.5}L${x + 6} ${y + 5}H${x - 6}Z` });
  return make("svg:circle", { ...looks, cx: x, cy: y, r: 5.5 });
}

/** @param {any} mark @param {string} tone @param {number} place @returns {SVGElement} What stands for a mark in the legend. */
export function legendGlyph(mark, tone, place) {
  if (mark.mark === "bar") return make("svg:rect", { class: `rb-bar rb-tone-${tone}`, x: 2, y: 4, width: 18, height: 11, rx: 3 });
  if (mark.mark === "line") return make("svg:path", { class: `rb-line rb-tone-${tone} rb-dash-${place % 4}`, d: "M0 9H22" });
  return dot(11, 9, tone, place);
}
