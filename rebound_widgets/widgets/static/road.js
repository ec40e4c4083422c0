// The road: a whole search in one picture, effort above the line, answers on and below it.

import { fill, make } from "./lib/dom.js";
import { counted, dayNumber, dayWords, languageOf } from "./lib/locale.js";
import { evenly, PlotFrame, widthOf } from "./lib/plot.js";
import { openView } from "./lib/view.js";
import { readRoadItems, roadBins, roadLabels, roadMarks } from "./road_layout.js";

/** Everything but applications, which are bars; a lane each, from the road downwards. */
const ROAD_LANES = [["interview"], ["no"], ["offer", "start"]];
const ROAD_KINDS = ["application", ...ROAD_LANES.flat()];
const BARS_HEIGHT = 92;
const LANE_HEIGHT = 28;
const MARK_RADIUS = 7.5;

/**
 * One mark: each kind has a shape of its own, so that colour alone says nothing.
 * @param {string} kind @param {number} x @param {number} y @param {boolean} future
 * @returns {SVGElement}
 */
function roadShape(kind, x, y, future) {
  const looks = { class: `rb-road-${kind}${future ? " rb-road-future" : ""}` };
  if (kind === "interview") return make("svg:circle", { ...looks, cx: x, cy: y, r: MARK_RADIUS });
  if (kind === "no") return make("svg:path", { ...looks, d: `M${x} ${y - 8.5}L${x + 8.5} ${y}L${x} ${y + 8.5}L${x - 8.5} ${y}Z` });
  if (kind === "offer") return make("svg:rect", { ...looks, x: x - 7, y: y - 7, width: 14, height: 14, rx: 2 });
  return make("svg:path", { ...looks, d: `M${x - 5} ${y + 9}V${y - 9}L${x + 8} ${y - 4}L${x - 5} ${y + 1}` });
}

class RoadPicture {
  /** @param {PlotFrame} frame @param {any} shown */
  constructor(frame, shown) {
    this.frame = frame;
    this.words = shown.words;
    this.language = languageOf(frame.figure);
    this.items = readRoadItems(shown.items).filter((item) => ROAD_KINDS.includes(item.kind));
    this.today = dayNumber(shown.today) ?? this.items[this.items.length - 1]?.day ?? 0;
    this.total = Object.fromEntries(ROAD_KINDS.map((kind) => [kind, 0]));
    for (const item of this.items) this.total[item.kind] += item.count;
    const facts = this.facts();
    frame.show({
      title: shown.title || (this.items.length ? fill(this.words.title, facts) : this.words.title_empty),
      alt: shown.description || fill(this.words.description, facts),
      empty: this.items.length ? "" : this.words.empty,
      summary: this.words.see_numbers,
      table: () => this.table(),
    });
  }

  /** @param {string} kind @param {number} count */
  countWords(kind, count) {
    return counted(this.words, `count_${kind}`, count, this.language);
  }

  facts() {
    if (!this.items.length) return {};
    const first = this.items[0].day;
    const last = Math.max(this.items[this.items.length - 1].day, this.today);
    const parts = ROAD_KINDS.filter((kind) => this.total[kind]).map((kind) => this.countWords(kind, this.total[kind]));
    return {
      counts: new Intl.ListFormat(this.language, { type: "unit" }).format(parts),
      span: this.spanWords(this.today - first),
      from: dayWords(first, this.language, "dayYear"),
      until: dayWords(last, this.language, "dayYear"),
    };
  }

  /** @param {number} days */
  spanWords(days) {
    if (days < 26 * 7) return counted(this.words, "weeks", Math.max(Math.floor(days / 7), 0) + 1, this.language);
    if (days < 730) return counted(this.words, "months", Math.round(days / 30.44), this.language);
    return counted(this.words, "years", Math.round(days / 365.25), this.language);
  }

  /** @param {import("./road_layout.js").RoadBin} bin @param {string} unit */
  binTitle(bin, unit) {
    if (unit === "year") return dayWords(bin.start, this.language, "year");
    if (unit === "month") return dayWords(bin.start, this.language, "monthYear");
    return fill(this.words.week_of, { day: dayWords(bin.start, this.language, "dayYear") });
  }

  /** @param {import("./road_layout.js").RoadBin} bin */
  binLines(bin) {
    const lines = ROAD_KINDS.filter((kind) => bin.counts[kind]).map((kind) => {
      const count = this.countWords(kind, bin.counts[kind]);
      const labels = [...new Set(bin.labels[kind])].slice(0, 3);
      if (!labels.length || kind === "application") return count;
      const more = bin.counts[kind] - labels.length;
      const named = new Intl.ListFormat(this.language, { type: "unit" }).format(labels);
      return fill(more > 0 ? this.words.named_more : this.words.named, { count, names: named, more });
    });
    return lines.length ? lines : [this.words.quiet];
  }

  table() {
    const { unit, bins } = roadBins(this.items, this.today, 640);
    const kinds = ROAD_KINDS.filter((kind, place) => place < 3 || this.total[kind]);
    const number = new Intl.NumberFormat(this.language);
    const rows = bins.map((bin) => [this.binTitle(bin, unit), ...kinds.map((kind) => number.format(bin.counts[kind] ?? 0))]);
    return { columns: [this.words[`column_${unit}`], ...kinds.map((kind) => this.words[`column_${kind}`])], rows };
  }

  draw() {
    if (!this.items.length) return;
    const { width } = this.frame;
    const { unit, bins } = roadBins(this.items, this.today, width);
    const pad = 14;
    const from = bins[0].start;
    const until = bins[bins.length - 1].end;
    const flip = getComputedStyle(this.frame.svg).direction === "rtl";
    const at = (/** @type {number} */ day) => pad + ((day - from) / (until - from)) * (width - 2 * pad);
    const across = (/** @type {number} */ x) => (flip ? width - x : x);
    const lanes = ROAD_LANES.filter((kinds) => kinds.some((kind) => this.total[kind]));
    const ground = 46 + BARS_HEIGHT;
    const foot = ground + 14 + Math.max(lanes.length, 1) * LANE_HEIGHT;
    const scene = { unit, bins, at, across, ground, foot, pad, width };
    this.legend(unit);
    this.frame.place(
      foot + 26,
      [...this.ground(scene), ...this.bars(scene), ...this.todayLine(scene), ...lanes.flatMap((kinds, lane) => this.lane(scene, kinds, lane)), ...this.axis(scene)],
      this.places(scene),
    );
  }

  /** The road itself: what is behind, and what is ahead of today. @param {any} scene */
  ground({ at, across, ground, bins, pad, width }) {
    const y = ground + 14 + LANE_HEIGHT / 2 - 4;
    const now = Math.min(Math.max(at(this.today + 1), pad), width - pad);
    const ahead = at(bins[bins.length - 1].end) - now > 6;
    return [
      make("svg:line", { class: "rb-road-base", x1: across(pad - 6), x2: across(width - pad + 6), y1: ground, y2: ground }),
      make("svg:line", { class: "rb-road-way", x1: across(pad - 2), x2: across(now), y1: y, y2: y }),
      ahead ? make("svg:line", { class: "rb-road-ahead", x1: across(now + 8), x2: across(width - pad), y1: y, y2: y }) : null,
    ];
  }

  /** @param {any} scene */
  bars({ bins, at, across, ground }) {
    const most = Math.max(...bins.map((/** @type {any} */ bin) => bin.counts.application ?? 0), 1);
    const step = at(bins[1]?.start ?? bins[0].end) - at(bins[0].start);
    const thick = Math.max(Math.min(26, step * 0.72), 1.5);
    const height = (/** @type {number} */ count) => Math.max((count / Math.max(most, 4)) * BARS_HEIGHT, 5);
    /** @type {(SVGElement | null)[]} */
    const nodes = [];
    for (const bin of bins) {
      const count = bin.counts.application ?? 0;
      if (!count) continue;
      const middle = across((at(bin.start) + at(bin.end)) / 2);
      const tall = height(count);
      const corner = Math.min(3, thick / 3);
      nodes.push(make("svg:path", { class: "rb-road-bar", d: roadBarPath(middle - thick / 2, ground, thick, tall, corner) }));
    }
    const tallest = bins.findIndex((/** @type {any} */ bin) => bin.counts.application === most);
    if (tallest >= 0) {
      const words = new Intl.NumberFormat(this.language).format(most);
      const middle = across((at(bins[tallest].start) + at(bins[tallest].end)) / 2);
      nodes.push(make("svg:text", { class: "rb-road-most", x: middle, y: ground - height(most) - 7, "text-anchor": "middle" }, words));
    }
    return nodes;
  }

  /** The line of today stops above a bar and goes on below it, so that it crosses no words. @param {any} scene */
  todayLine({ bins, at, across, ground, foot, pad, width }) {
    const x = Math.min(Math.max(at(this.today + 0.5), pad), width - pad);
    const words = this.words.today;
    const half = widthOf(words, 13, getComputedStyle(this.frame.svg).fontFamily, 600) / 2;
    const middle = Math.min(Math.max(x, half + 2), width - half - 2);
    const most = Math.max(...bins.map((/** @type {any} */ bin) => bin.counts.application ?? 0), 4);
    const held = bins.find((/** @type {any} */ bin) => this.today >= bin.start && this.today < bin.end)?.counts.application ?? 0;
    const top = held ? ground - Math.max((held / most) * BARS_HEIGHT, 5) - 22 : ground;
    const line = (/** @type {number} */ from, /** @type {number} */ to) =>
      make("svg:line", { class: "rb-road-today", x1: across(x), x2: across(x), y1: from, y2: to });
    return [
      top > 24 ? line(20, top) : null,
      line(ground + 2, foot),
      make("svg:text", { class: "rb-road-today-words", x: across(middle), y: 13, "text-anchor": "middle" }, words),
    ];
  }

  /** @param {any} scene @param {string[]} kinds @param {number} lane */
  lane({ at, across, ground, pad, width }, kinds, lane) {
    const y = ground + 14 + (lane + 0.5) * LANE_HEIGHT - 4;
    const family = getComputedStyle(this.frame.svg).fontFamily;
    const number = new Intl.NumberFormat(this.language);
    const measures = {
      radius: MARK_RADIUS + 1.5,
      countWidth: (/** @type {number} */ count) => widthOf(number.format(count), 13, family, 600),
      low: pad - 6,
      high: width - pad + 6,
      today: this.today,
    };
    const marks = roadMarks(this.items.filter((item) => kinds.includes(item.kind)), at, measures);
    return marks.flatMap((mark) => {
      const shape = roadShape(mark.kind, across(mark.x), y, mark.future);
      if (mark.count === 1) return [shape];
      const words = number.format(mark.count);
      const x = across(mark.x + MARK_RADIUS + 4.5);
      return [shape, make("svg:text", { class: "rb-road-count", x, y: y + 4.5, "text-anchor": "start" }, words)];
    });
  }

  /** @param {any} scene */
  axis({ unit, bins, at, across, foot, pad, width }) {
    const family = getComputedStyle(this.frame.svg).fontFamily;
    const { anchor, days } = roadLabels(bins, unit);
    const labels = days.map(({ day, style }) => {
      const words = dayWords(day, this.language, style);
      const wide = widthOf(words, 13, family);
      const x = Math.min(Math.max(at(day), pad + wide / 2 - 6), width - pad - wide / 2 + 6);
      return { words, x, width: wide, tick: at(day) };
    });
    return evenly(labels, anchor, 14).flatMap(({ words, x, tick }) => [
      make("svg:line", { class: "rb-grid-line", x1: across(tick), x2: across(tick), y1: foot, y2: foot + 6 }),
      make("svg:text", { x: across(x), y: foot + 20, "text-anchor": "middle" }, words),
    ]);
  }

  /** @param {any} scene @returns {import("./lib/plot.js").Place[]} */
  places({ unit, bins, at, across, ground, foot }) {
    return bins.map((/** @type {any} */ bin) => {
      const edges = [across(at(bin.start)), across(at(bin.end))];
      const left = Math.min(...edges);
      const quiet = !ROAD_KINDS.some((kind) => bin.counts[kind]);
      const most = Math.max(...bins.map((/** @type {any} */ other) => other.counts.application ?? 0), 4);
      const atY = ground - ((bin.counts.application ?? 0) / most) * BARS_HEIGHT - 4;
      const title = this.binTitle(bin, unit);
      return { x: left, y: 22, width: Math.abs(edges[1] - edges[0]), height: foot - 22, atX: (edges[0] + edges[1]) / 2, atY, title, lines: this.binLines(bin), quiet };
    });
  }

  /** @param {string} unit */
  legend(unit) {
    const entry = (/** @type {string} */ kind) => {
      const glyph =
        kind === "application"
          ? make("svg:path", { class: "rb-road-bar", d: roadBarPath(4, 17, 13, 15, 3) })
          : roadShape(kind, 11, 9, false);
      const words = kind === "application" ? this.words[`legend_application_${unit}`] : this.words[`legend_${kind}`];
      return make("span", null, make("svg:svg", { viewBox: "0 0 22 18", "aria-hidden": "true" }, glyph), words);
    };
    this.frame.legend.replaceChildren(...ROAD_KINDS.filter((kind) => this.total[kind]).map(entry));
  }
}

/** @param {number} x @param {number} ground @param {number} thick @param {number} tall @param {number} corner */
function roadBarPath(x, ground, thick, tall, corner) {
  const top = ground - tall;
  return `M${x} ${ground}V${top + corner}Q${x} ${top} ${x + corner} ${top}H${x + thick - corner}Q${x + thick} ${top} ${x + thick} ${top + corner}V${ground}`;
}

function renderRoad(/** @type {any} */ given) {
  /** @type {RoadPicture | null} */
  let picture = null;
  const view = openView(given, "road", {
    show(shown) {
      picture = null;
      picture = new RoadPicture(frame, shown);
      picture.draw();
    },
    end: () => frame.end(),
  });
  const frame = new PlotFrame(view.root, () => picture?.draw());
  return view.end;
}

export default { render: renderRoad };
