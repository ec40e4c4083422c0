// Where everything on the road goes: days to weeks, months or years, marks to clusters. No drawing here.

import { dayNumber } from "./lib/locale.js";

/** @typedef {{kind: string, day: number, label: string, count: number}} RoadItem */
/** @typedef {{start: number, end: number, counts: Record<string, number>, labels: Record<string, string[]>}} RoadBin */
/** @typedef {{kind: string, x: number, count: number, future: boolean}} RoadMark */

const LEAST_DAYS = 6 * 7;
const LABELS_PER_BIN = 4;

/** @param {number} day @returns {number} The Monday of its week. */
function mondayOf(day) {
  return day - ((((day + 3) % 7) + 7) % 7); // day 0 was a Thursday
}

/** @param {number} day @param {"month" | "year"} unit @param {number} [after] Months or years later. */
function startOf(day, unit, after = 0) {
  const date = new Date(day * 86400000);
  const month = unit === "month" ? date.getUTCMonth() + after : 0;
  return Math.round(Date.UTC(date.getUTCFullYear() + (unit === "year" ? after : 0), month, 1) / 86400000);
}

/**
 * Items as days and numbers; what has no readable day is left out.
 * @param {any[]} given
 * @returns {RoadItem[]}
 */
export function readRoadItems(given) {
  return given
    .map((item) => ({ kind: String(item.kind), day: dayNumber(item.on), label: String(item.label ?? ""), count: Number(item.count ?? 1) }))
    .filter((item) => item.day !== null && item.count > 0)
    .map((item) => /** @type {RoadItem} */ (item))
    .sort((one, other) => one.day - other.day);
}

/**
 * The road's bins from the first item to the last or today, whichever is later; empty ones too.
 * @param {RoadItem[]} items In order of their days, at least one.
 * @param {number} today
 * @param {number} width
 * @returns {{unit: "week" | "month" | "year", bins: RoadBin[]}}
 */
export function roadBins(items, today, width) {
  const first = items[0].day;
  const last = Math.max(items[items.length - 1].day, today);
  const days = last - first;
  const unit = days / 7 <= Math.min(80, width / 8) ? "week" : days / 30.4 <= width / 4 ? "month" : "year";
  const startFor = (/** @type {number} */ day) => (unit === "week" ? mondayOf(day) : startOf(day, unit));
  const nextAfter = (/** @type {number} */ start) => (unit === "week" ? start + 7 : startOf(start, unit, 1));
  // A short search is drawn on a few weeks of road: one bar over the whole width says nothing.
  const until = unit === "week" ? Math.max(last, mondayOf(first) + LEAST_DAYS - 1) : last;
  /** @type {RoadBin[]} */
  const bins = [];
  for (let start = startFor(first); start <= until; start = nextAfter(start)) {
    bins.push({ start, end: nextAfter(start), counts: {}, labels: {} });
  }
  let at = 0;
  for (const item of items) {
    while (at < bins.length - 1 && item.day >= bins[at].end) at += 1;
    const { counts, labels } = bins[at];
    counts[item.kind] = (counts[item.kind] ?? 0) + item.count;
    labels[item.kind] ??= [];
    if (item.label && labels[item.kind].length < LABELS_PER_BIN) labels[item.kind].push(item.label);
  }
  return { unit, bins };
}

/**
 * The marks of one lane, those that would touch made one with a count, those of other kinds moved aside.
 * @param {RoadItem[]} items In order of their days.
 * @param {(day: number) => number} at Where a day is, in pixels.
 * @param {{radius: number, countWidth: (count: number) => number, low: number, high: number, today: number}} measures
 * @returns {RoadMark[]}
 */
export function roadMarks(items, at, { radius, countWidth, low, high, today }) {
  const gap = 4;
  const rightEdge = (/** @type {RoadMark} */ mark) => mark.x + radius + (mark.count > 1 ? 3 + countWidth(mark.count) : 0);
  /** @type {RoadMark[]} */
  const marks = [];
  for (const item of items) {
    let x = Math.min(Math.max(at(item.day + 0.5), low + radius), high - radius);
    const future = item.day > today;
    const before = marks[marks.length - 1];
    if (before && x - radius < rightEdge(before) + gap) {
      if (before.kind === item.kind && before.future === future) {
        before.x += ((x - before.x) * item.count) / (before.count + item.count);
        before.count += item.count;
        continue;
      }
      x = rightEdge(before) + gap + radius;
    }
    marks.push({ kind: item.kind, x, count: item.count, future });
  }
  return keptInside(marks, high, radius, rightEdge, gap);
}

/**
 * Moves what was pushed over the right end back, and what is then in the way with it.
 * @param {RoadMark[]} marks @param {number} high @param {number} radius
 * @param {(mark: RoadMark) => number} rightEdge @param {number} gap
 */
function keptInside(marks, high, radius, rightEdge, gap) {
  let limit = high;
  for (let place = marks.length - 1; place >= 0; place -= 1) {
    const over = rightEdge(marks[place]) - limit;
    if (over <= 0) break;
    marks[place].x -= over;
    limit = marks[place].x - radius - gap;
  }
  return marks;
}

/**
 * The days that can have a label under the road, and which of them has to stay.
 * @param {RoadBin[]} bins
 * @param {"week" | "month" | "year"} unit
 * @returns {{anchor: number, days: {day: number, style: "day" | "month" | "year"}[]}}
 */
export function roadLabels(bins, unit) {
  const from = bins[0].start;
  const until = bins[bins.length - 1].end;
  if (unit === "week" && bins.length <= 9) return { anchor: 0, days: bins.map((bin) => ({ day: bin.start, style: "day" })) };
  /** @type {{day: number, style: "day" | "month" | "year"}[]} */
  const days = [];
  for (let day = startOf(from, "month", from === startOf(from, "month") ? 0 : 1); day < until; day = startOf(day, "month", 1)) {
    days.push({ day, style: new Date(day * 86400000).getUTCMonth() === 0 ? "year" : "month" });
  }
  const years = days.filter(({ style }) => style === "year");
  if (until - from > 366 * 2.5) return { anchor: 0, days: years };
  return { anchor: Math.max(days.findIndex(({ style }) => style === "year"), 0), days };
}
