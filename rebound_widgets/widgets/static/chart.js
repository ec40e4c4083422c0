// The chart: the frame with its finding, and the marks, axes and values a plain mapping asks for.

import { make } from "./lib/dom.js";
import { languageOf } from "./lib/locale.js";
import { PlotFrame, widthOf, withoutCollisions } from "./lib/plot.js";
import { openView } from "./lib/view.js";
import { columnBar, curve, dot, legendGlyph, rowBar, toneOf, valueWords } from "./chart_marks.js";
import { axisWords, chartScale } from "./chart_scales.js";

const PLOT_FONT = 13;

/** @typedef {import("./lib/plot.js").Place} Place */

/** A text cut to a width, with a sign that there is more. @param {string} text @param {number} room @param {string} family */
function cutText(text, room, family) {
  if (widthOf(text, PLOT_FONT, family) <= room) return text;
  let kept = text;
  while (kept.length > 1 && widthOf(`${kept}…`, PLOT_FONT, family) > room) kept = kept.slice(0, -1);
  return `${kept.trimEnd()}…`;
}

class ChartPicture {
  /** @param {PlotFrame} frame @param {any} shown */
  constructor(frame, shown) {
    this.frame = frame;
    this.words = shown.words;
    this.spec = { x: {}, y: {}, marks: [], ...shown.spec };
    this.language = languageOf(frame.figure);
    this.marks = this.spec.marks.map((/** @type {any} */ mark, /** @type {number} */ place) => ({ ...mark, tone: toneOf(mark, place), place }));
    this.rows = this.spec.y.kind === "category";
    this.columns = this.spec.x.kind === "category";
    const some = this.marks.some((/** @type {any} */ mark) => mark.values?.length);
    frame.show({
      title: shown.title,
      counts: [shown.counts, shown.interval].filter(Boolean).join(/[.:]$/.test(shown.counts) ? " " : " · "),
      empty: some ? "" : shown.empty || this.words.empty,
      source: shown.source,
      summary: this.words.see_numbers,
      alt: shown.alt || shown.title,
      table: some ? () => shown.table ?? this.table() : null,
    });
    this.some = some;
  }

  get family() {
    return getComputedStyle(this.frame.svg).fontFamily;
  }

  /** The axis along which marks have a size, with its words. */
  get along() {
    return this.rows ? this.spec.x : this.spec.y;
  }

  /** @param {any} value @param {any} mark @returns {{title: string, lines: string[]}} */
  valueText(value, mark) {
    const along = axisWords(this.along, this.language).words;
    const estimate = this.rows ? value.x : value.y;
    const across = this.rows ? value.y : this.columns ? value.x : axisWords(this.spec.x, this.language).words(value.x);
    const said = value.text ?? valueWords(value, estimate, along, this.words);
    const title = [value.label, across].filter(Boolean).join(", ");
    return { title: mark.label && this.marks.length > 1 ? `${mark.label}: ${title}` : title, lines: [said, value.note].filter(Boolean) };
  }

  table() {
    const along = axisWords(this.along, this.language).words;
    const across = this.rows || this.columns ? String : axisWords(this.spec.x, this.language).words;
    const cell = (/** @type {any} */ value) => (value === null || value === undefined ? "" : along(value));
    const drawn = this.marks.filter((/** @type {any} */ mark) => mark.values);
    const several = drawn.length > 1;
    const columns = [(this.rows ? this.spec.y.label : this.spec.x.label) || this.words.column_what, ...(several ? [this.words.column_group] : []), this.along.label || this.words.column_value, this.words.column_low, this.words.column_high, this.words.column_note];
    const rows = drawn.flatMap((/** @type {any} */ mark) =>
      mark.values.map((/** @type {any} */ value) => {
        const what = [value.label, across(this.rows ? value.y : value.x)].filter(Boolean).join(", ");
        return [what, ...(several ? [mark.label ?? ""] : []), cell(this.rows ? value.x : value.y), cell(value.low), cell(value.high), value.note ?? ""];
      }),
    );
    const used = columns.map((_, place) => place < 2 || rows.some((/** @type {any[]} */ row) => row[place] !== ""));
    const only = (/** @type {any[]} */ row) => row.filter((_, place) => used[place]);
    return { columns: only(columns), rows: rows.map(only) };
  }

  draw() {
    if (!this.some) return;
    this.legend();
    if (this.rows) this.drawRows();
    else if (this.columns && this.tooNarrow()) this.lying().drawRows();
    else this.drawField();
  }

  /** Whether standing bars would have no room for their names. */
  tooNarrow() {
    const names = this.marks.flatMap((/** @type {any} */ mark) => (mark.values ?? []).map((/** @type {any} */ value) => String(value.x)));
    const step = (this.frame.width - 60) / Math.max(new Set(names).size, 1);
    return names.some((/** @type {string} */ name) => widthOf(name, PLOT_FONT, this.family) > step - 8);
  }

  /** The same picture with its bars lying. @returns {ChartPicture} */
  lying() {
    const turned = (/** @type {any} */ thing) => ({ ...thing, x: thing.y, y: thing.x });
    const marks = this.marks.map((/** @type {any} */ mark) => (mark.values ? { ...mark, values: mark.values.map(turned) } : turned(mark)));
    const picture = Object.create(ChartPicture.prototype);
    return Object.assign(picture, this, { spec: turned(this.spec), marks, rows: true, columns: false });
  }

  legend() {
    const named = this.marks.filter((/** @type {any} */ mark) => mark.values && mark.label);
    const entry = (/** @type {any} */ mark) =>
      make("span", null, make("svg:svg", { viewBox: "0 0 22 18", "aria-hidden": "true" }, legendGlyph(mark, mark.tone, mark.place)), mark.label);
    this.frame.legend.hidden = !named.length;
    this.frame.legend.replaceChildren(...named.map(entry));
  }

  /** What is said beside a lying bar: the number and its interval, and what they were counted from. @param {any} value */
  besideBar(value) {
    const along = axisWords(this.spec.x, this.language).words;
    const said = value.text ?? valueWords(value, value.x, along, this.words);
    return said ? { said, note: value.note ?? "" } : { said: value.note ?? "", note: "" };
  }

  /** Lying bars: a row for each category, its name beside it, or above it where there is no room. */
  drawRows() {
    const { width } = this.frame;
    const bars = this.marks.filter((/** @type {any} */ mark) => mark.values);
    /** @type {string[]} */
    const names = [...new Set(bars.flatMap((/** @type {any} */ mark) => mark.values.map((/** @type {any} */ value) => String(value.y))))];
    const measured = (/** @type {string} */ words, weight = 400) => widthOf(words, PLOT_FONT, this.family, weight);
    const besides = bars.flatMap((/** @type {any} */ mark) => mark.values.map((/** @type {any} */ value) => this.besideBar(value)));
    const gutter = Math.max(...names.map((name) => measured(name))) + 18;
    const tail = Math.max(...besides.map(({ said, note }) => Math.max(measured(said, 600), measured(note)))) + 18;
    const above = width < 480 || gutter + tail > width * 0.62;
    const noted = besides.some(({ note }) => note);
    const thick = bars.length > 1 ? 14 : 20;
    const slotHeight = above ? thick + (bars.length > 1 || noted ? 26 : 8) : Math.max(thick + 8, noted ? 40 : 0);
    // A name that one of the groups says nothing about has no empty place for it.
    const told = names.map((name) => bars.filter((/** @type {any} */ mark) => mark.values.some((/** @type {any} */ value) => String(value.y) === name)));
    const heights = told.map((those) => those.length * slotHeight + (above ? (bars.length > 1 || noted ? 22 : 26) : 8));
    const tops = heights.map((_, row) => heights.slice(0, row).reduce((sum, height) => sum + height, 4));
    const flip = getComputedStyle(this.frame.svg).direction === "rtl";
    const [left, right] = above ? [2, width - 8] : [gutter, width - tail];
    const scale = chartScale(this.spec.x, this.marks, "x", true, flip ? [width - left, width - right] : [left, right], this.language);
    const foot = heights.reduce((sum, height) => sum + height, 4);
    const scene = { above, thick, slotHeight, scale, gutter, start: flip ? width - 2 : 2, end: flip ? 2 : width - 2, single: bars.length === 1 };
    const rows = names.map((name, row) => this.drawRow(scene, name, { top: tops[row], height: heights[row] }, told[row]));
    const nodes = [...this.grid(scale, foot), ...rows.flatMap((row) => row.nodes), ...this.rules(scale, null, foot)];
    this.frame.place(foot + this.axisRoom(), nodes, sharedPlaces(rows.flatMap((row) => row.places)));
  }

  /** @param {any} scene @param {string} name @param {{top: number, height: number}} row @param {any[]} bars Those that have this name. */
  drawRow({ above, thick, slotHeight, scale, gutter, start, end, single }, name, { top, height }, bars) {
    const { width } = this.frame;
    const words = cutText(name, above ? width * (single ? 0.62 : 1) : gutter - 8, this.family);
    const nameY = above ? top + 14 : top + (height - 8) / 2 + 4.5;
    /** @type {SVGElement[]} */
    const nodes = [make("svg:text", { class: "rb-row-name", x: start, y: nameY }, words)];
    /** @type {Place[]} */
    const places = [];
    bars.forEach((mark, slot) => {
      const value = mark.values.find((/** @type {any} */ one) => String(one.y) === name);
      if (!value) return;
      const { said, note } = this.besideBar(value);
      const barTop = top + slot * slotHeight + (above ? 22 : (slotHeight - thick) / 2);
      const middle = barTop + thick / 2;
      nodes.push(...rowBar(scale, value, middle, thick, mark.tone));
      const put = (/** @type {string} */ text, /** @type {string} */ look, /** @type {number} */ y, atEnd = true) =>
        text && nodes.push(make("svg:text", { class: look, x: atEnd ? end : start, y, "text-anchor": atEnd ? "end" : "start" }, text));
      if (!above) {
        put(said, "rb-row-value", middle + (note ? -4 : 4.5));
        put(note, "rb-row-note", middle + 14);
      } else if (single) {
        put(said, value.x === null || value.x === undefined ? "rb-row-note" : "rb-row-value", top + 14);
        put(note, "rb-row-note", barTop + thick + 15, false);
      } else put([said, note].filter(Boolean).join(" · "), "rb-row-note", barTop + thick + 15, false);
      places.push({ x: 0, y: top, width, height: height - 2, atX: scale.at(value.x ?? scale.low), atY: barTop, ...this.valueText(value, mark) });
    });
    return { nodes, places };
  }

  axisRoom() {
    return this.along.label || this.spec.x.label ? 44 : 26;
  }

  /** Lines and words of the axis along the bottom. @param {import("./chart_scales.js").ChartScale} scale @param {number} foot */
  grid(scale, foot) {
    const { width } = this.frame;
    const label = this.spec.x.label;
    const ticks = scale.ticks(Math.max(2, Math.min(6, width / 110))).map((value) => {
      const words = scale.tickWords(value);
      const wide = widthOf(words, PLOT_FONT, this.family);
      return { words, width: wide, tick: scale.at(value), x: Math.min(Math.max(scale.at(value), wide / 2), width - wide / 2) };
    });
    return [
      ...withoutCollisions(ticks, 10).flatMap(({ words, x, tick }) => [
        make("svg:line", { class: "rb-grid-line", x1: tick, x2: tick, y1: 0, y2: foot + 4 }),
        make("svg:text", { x, y: foot + 18, "text-anchor": "middle" }, words),
      ]),
      label ? make("svg:text", { class: "rb-axis-name", x: width / 2, y: foot + 37, "text-anchor": "middle" }, cutText(label, width, this.family)) : null,
    ];
  }

  /** A field of points: curves, dots, standing bars. */
  drawField() {
    const { width } = this.frame;
    const height = width < 480 ? 190 : 230;
    const top = this.spec.y.label ? 30 : 12;
    const upright = chartScale(this.spec.y, this.marks, "y", true, [top + height, top], this.language);
    const rises = upright.ticks(width < 480 ? 3 : 4);
    const gutter = Math.max(...rises.map((value) => widthOf(upright.words(value), PLOT_FONT, this.family)), 10) + 10;
    const flip = getComputedStyle(this.frame.svg).direction === "rtl";
    const inset = this.marks.some((/** @type {any} */ mark) => mark.mark === "dot") ? 16 : 0; // a dot on the edge is a dot cut
    const ends = [gutter + inset, width - 10 - inset];
    /** @type {[number, number]} */
    const range = flip ? [width - ends[0], width - ends[1]] : [ends[0], ends[1]];
    /** @type {(SVGElement | null)[]} */
    const nodes = rises.flatMap((value) => [
      make("svg:line", { class: value === upright.low ? "rb-axis-line" : "rb-grid-line", x1: gutter * Number(!flip), x2: width - gutter * Number(flip), y1: upright.at(value), y2: upright.at(value) }),
      make("svg:text", { x: flip ? width - gutter + 8 : gutter - 8, y: upright.at(value) + 4, "text-anchor": "end" }, upright.words(value)),
    ]);
    if (this.spec.y.label) nodes.unshift(make("svg:text", { class: "rb-axis-name", x: flip ? width : 0, y: 13 }, cutText(this.spec.y.label, width, this.family)));
    const field = { upright, top, height, range, foot: top + height };
    const { drawn, places, scale } = this.columns ? this.standingBars(field) : this.lines(field);
    nodes.push(...(scale ? this.grid(scale, field.foot).filter((node) => node?.tagName !== "line") : []), ...drawn, ...this.rules(scale, upright, field.foot, top));
    this.frame.place(field.foot + (this.spec.x.label ? 44 : 26), nodes, places);
  }

  /** @param {any} field */
  standingBars({ upright, range, foot, top, height }) {
    const bars = this.marks.filter((/** @type {any} */ mark) => mark.values);
    /** @type {string[]} */
    const names = [...new Set(bars.flatMap((/** @type {any} */ mark) => mark.values.map((/** @type {any} */ value) => String(value.x))))];
    const step = (range[1] - range[0]) / names.length;
    const thick = Math.min(40, (Math.abs(step) * 0.7) / bars.length);
    /** @type {SVGElement[]} */
    const drawn = [];
    /** @type {Place[]} */
    const places = [];
    names.forEach((name, place) => {
      const middle = range[0] + step * (place + 0.5);
      bars.forEach((/** @type {any} */ mark, /** @type {number} */ slot) => {
        const value = mark.values.find((/** @type {any} */ one) => String(one.x) === name);
        if (!value) return;
        const x = middle + (slot - (bars.length - 1) / 2) * thick;
        drawn.push(...columnBar(upright, value, x, thick - 2, mark.tone));
        if (bars.length === 1 && value.y !== null && value.y !== undefined && value.high === undefined)
          drawn.push(make("svg:text", { class: "rb-row-value", x, y: upright.at(value.y) - 6, "text-anchor": "middle" }, value.text ?? upright.words(value.y)));
        places.push({ x: middle - Math.abs(step) / 2, y: top, width: Math.abs(step), height, atX: x, atY: upright.at(value.high ?? value.y ?? upright.low), ...this.valueText(value, mark) });
      });
    });
    const labels = names.map((name, place) => {
      const words = cutText(name, Math.max(Math.abs(step) - 8, 48), this.family);
      return { words, x: range[0] + step * (place + 0.5), width: widthOf(words, PLOT_FONT, this.family) };
    });
    drawn.push(...withoutCollisions(labels, 8).map(({ words, x }) => make("svg:text", { x, y: foot + 18, "text-anchor": "middle" }, words)));
    if (this.spec.x.label) drawn.push(make("svg:text", { class: "rb-axis-name", x: (range[0] + range[1]) / 2, y: foot + 37, "text-anchor": "middle" }, this.spec.x.label));
    return { drawn, places: sharedPlaces(places), scale: null };
  }

  /** @param {any} field */
  lines({ upright, range, top, height }) {
    const scale = chartScale(this.spec.x, this.marks, "x", false, range, this.language);
    const scales = { x: scale, y: upright };
    const drawn = this.marks.filter((/** @type {any} */ mark) => mark.mark === "line").flatMap((/** @type {any} */ mark) => curve(scales, mark, mark.tone, mark.place));
    /** @type {Place[]} */
    const points = [];
    for (const mark of this.marks.filter((/** @type {any} */ one) => one.values)) {
      for (const value of mark.values) {
        if (value.y === null || value.y === undefined || !Number.isFinite(scale.read(value.x))) continue;
        const [x, y] = [scale.at(value.x), upright.at(value.y)];
        if (mark.mark === "dot") drawn.push(dot(x, y, mark.tone, mark.place));
        points.push({ x, y: top, width: 0, height, atX: x, atY: y, ...this.valueText(value, mark) });
      }
    }
    return { drawn, places: spreadPlaces(points, Math.min(...range), Math.max(...range)), scale };
  }

  /** @param {import("./chart_scales.js").ChartScale | null} across @param {import("./chart_scales.js").ChartScale | null} upright @param {number} foot @param {number} [top] */
  rules(across, upright, foot, top = 0) {
    /** @type {{from: number, until: number, line: number}[]} */
    const said = []; // words that would touch stand a line lower
    const nodes = this.marks
      .filter((/** @type {any} */ mark) => mark.mark === "rule")
      .flatMap((/** @type {any} */ mark) => {
        const { width } = this.frame;
        const words = mark.label ?? "";
        const wide = widthOf(words, PLOT_FONT, this.family, 600);
        if (mark.x !== undefined && across) {
          const x = across.at(mark.x);
          const left = x + wide + 8 > width ? x - wide - 6 : x + 6;
          const taken = said.filter((other) => left < other.until + 8 && left + wide > other.from - 8).map((other) => other.line);
          const line = [0, 1, 2, 3].find((one) => !taken.includes(one)) ?? 0;
          said.push({ from: left, until: left + wide, line });
          return [make("svg:line", { class: "rb-rule", x1: x, x2: x, y1: top, y2: foot }), make("svg:text", { class: "rb-rule-words", x: left, y: top + 12 + line * 17 }, words)];
        }
        if (mark.y === undefined || !upright) return [];
        const y = upright.at(mark.y);
        return [make("svg:line", { class: "rb-rule", x1: 0, x2: width, y1: y, y2: y }), make("svg:text", { class: "rb-rule-words", x: width - wide - 2, y: y - 5 }, words)];
      });
    return [...nodes.filter((node) => node.tagName === "line"), ...nodes.filter((node) => node.tagName !== "line")]; // words over lines
  }
}

/** Values at the same spot are shown together. @param {Place[]} places @returns {Place[]} */
function sharedPlaces(places) {
  /** @type {Map<string, Place>} */
  const shared = new Map();
  for (const place of places) {
    const key = `${Math.round(place.x)} ${Math.round(place.y)}`;
    const found = shared.get(key);
    if (found) found.lines.push(place.title, ...place.lines);
    else shared.set(key, { ...place, lines: [...place.lines] });
  }
  return [...shared.values()];
}

/**
 * Points become columns that meet half way; those at the same pixel are shown together.
 * @param {Place[]} points @param {number} low @param {number} high
 * @returns {Place[]}
 */
function spreadPlaces(points, low, high) {
  const rounded = points.map((point) => ({ ...point, x: Math.round(point.x / 3) * 3 })).sort((one, other) => one.x - other.x);
  const columns = sharedPlaces(rounded);
  return columns.map((column, at) => {
    const left = at === 0 ? low : (columns[at - 1].x + column.x) / 2;
    const right = at === columns.length - 1 ? high : (column.x + columns[at + 1].x) / 2;
    return { ...column, x: left, width: Math.max(right - left, 3) };
  });
}

function renderChart(/** @type {any} */ given) {
  /** @type {ChartPicture | null} */
  let picture = null;
  const view = openView(given, "chart", {
    show(shown) {
      picture = null;
      picture = new ChartPicture(frame, shown);
      picture.draw();
    },
    end: () => frame.end(),
  });
  const frame = new PlotFrame(view.root, () => picture?.draw());
  return view.end;
}

export default { render: renderChart };
