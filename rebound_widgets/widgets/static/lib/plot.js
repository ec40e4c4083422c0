// What every picture stands on: a frame with the finding as its title, places to hover and focus, a table.

import { freshId, make } from "./dom.js";

/**
 * @typedef {object} Place Somewhere in a picture that has values.
 * @property {number} x Left edge of the area that shows them, in pixels.
 * @property {number} y
 * @property {number} width
 * @property {number} height
 * @property {number} atX Where the values are shown.
 * @property {number} atY
 * @property {string} title
 * @property {string[]} lines
 * @property {boolean} [quiet] Not in the keyboard's order: there is nothing to say but that it is empty.
 */

/** @type {CanvasRenderingContext2D | null} */
let ruler = null;

/**
 * The width of words in a picture, in pixels.
 * @param {string} words @param {number} size @param {string} family @param {number} [weight]
 * @returns {number}
 */
export function widthOf(words, size, family, weight = 400) {
  ruler ??= document.createElement("canvas").getContext("2d");
  if (!ruler) return words.length * size * 0.6;
  ruler.font = `${weight} ${size}px ${family}`;
  return ruler.measureText(words).width;
}

/**
 * Leaves out labels until none touches another; the first of a list wins, so that important ones come first.
 * @template {{x: number, width: number}} Label
 * @param {Label[]} labels `x` is a label's middle.
 * @param {number} gap
 * @returns {Label[]}
 */
export function withoutCollisions(labels, gap) {
  /** @type {Label[]} */
  const kept = [];
  for (const label of labels) {
    const free = kept.every((other) => Math.abs(other.x - label.x) >= (other.width + label.width) / 2 + gap);
    if (free) kept.push(label);
  }
  return kept;
}

/**
 * Every label, or every second, third, fourth and so on: the most that can stand without touching.
 * @template {{x: number, width: number}} Label
 * @param {Label[]} labels In the order they stand.
 * @param {number} anchor The number of a label that has to stay.
 * @param {number} gap
 * @returns {Label[]}
 */
export function evenly(labels, anchor, gap) {
  for (const step of [1, 2, 3, 4, 6, 12, 24, 60, 120]) {
    const kept = labels.filter((_, place) => (place - anchor) % step === 0);
    if (withoutCollisions(kept, gap).length === kept.length) return kept;
  }
  return withoutCollisions(labels, gap);
}

/** The round number nearest to a distance: 1, 2, 5 or 10 times a power of ten. @param {number} raw */
export function niceStep(raw) {
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = raw / power;
  return power * (factor < 1.5 ? 1 : factor < 3.3 ? 2 : factor < 7.5 ? 5 : 10);
}

/**
 * Round numbers from low to high.
 * @param {number} low @param {number} high @param {number} wanted About how many.
 * @returns {number[]}
 */
export function niceTicks(low, high, wanted) {
  const span = high - low || 1;
  const step = niceStep(span / Math.max(wanted, 1));
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, n) => Number(((first + n) * step).toPrecision(12)));
}

/**
 * The numbers of a picture as a table.
 * @param {{columns: string[], rows: any[][]}} table The first cell of a row is its heading.
 * @param {string} caption
 * @returns {HTMLElement}
 */
function numbersTable({ columns, rows }, caption) {
  const cell = (/** @type {any} */ value, /** @type {number} */ place) => {
    const kind = place && (typeof value === "number" || /^[\d.,\s%–-]+$/.test(String(value))) ? "rb-numeric" : null;
    const words = value === null || value === undefined ? "" : String(value);
    return place ? make("td", { class: kind }, words) : make("th", { scope: "row" }, words);
  };
  const table = make(
    "table",
    null,
    make("caption", { class: "rb-hidden" }, caption),
    make("thead", null, make("tr", null, ...columns.map((name) => make("th", { scope: "col" }, name)))),
    make("tbody", null, ...rows.map((row) => make("tr", null, ...row.map(cell)))),
  );
  return make("div", { class: "rb-numbers", tabindex: 0, role: "region", "aria-label": caption }, table);
}

/** The frame around a picture; it draws again when its width changes. */
export class PlotFrame {
  /**
   * @param {HTMLElement} root
   * @param {(frame: PlotFrame) => void} draw Draws the picture at `width`.
   */
  constructor(root, draw) {
    this.width = 0;
    this.svg = make("svg:svg", { class: "rb-plot-svg" });
    this.title = make("figcaption", { id: freshId("finding") });
    this.counts = make("p", { class: "rb-hint rb-plot-counts" });
    this.empty = make("p", { class: "rb-empty" });
    this.legend = make("p", { class: "rb-hint rb-legend" });
    this.source = make("p", { class: "rb-evidence" });
    this.readout = make("div", { class: "rb-readout", hidden: true, "aria-hidden": "true" });
    this.plot = make("div", { class: "rb-plot" }, this.svg, this.readout);
    this.summary = make("summary");
    this.more = make("details", { ontoggle: () => this.#fillTable() }, this.summary);
    this.figure = make("figure", { class: "rb-card rb-picture", hidden: true, "aria-labelledby": this.title.id }, this.title, this.counts, this.plot, this.empty, this.legend, this.more, this.source);
    root.append(this.figure);
    /** @type {{node: SVGElement, place: Place}[]} */
    this.stops = [];
    this.current = 0;
    /** @type {(() => {columns: string[], rows: any[][]}) | null} */
    this.table = null;
    this.draw = draw;
    this.watch = new ResizeObserver(() => this.#resized());
    this.watch.observe(root);
    this.svg.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.#key(event));
    this.svg.addEventListener("pointerleave", () => this.hide());
  }

  #resized() {
    const width = Math.floor(this.plot.clientWidth || this.figure.parentElement?.clientWidth || 0);
    if (!width || width === this.width || this.figure.hidden) return;
    this.width = width;
    this.draw(this);
  }

  /**
   * Sets the words around the picture and draws it.
   * @param {{title: string, counts?: string, empty?: string, source?: string, summary: string, alt: string,
   *   table: (() => {columns: string[], rows: any[][]}) | null}} words
   */
  show({ title, counts = "", empty = "", source = "", summary, alt, table }) {
    const set = (/** @type {HTMLElement} */ part, /** @type {string} */ words) => {
      part.textContent = words;
      part.hidden = !words;
    };
    set(this.title, title);
    set(this.counts, counts);
    set(this.empty, empty);
    set(this.source, source);
    this.figure.hidden = false;
    this.plot.hidden = this.legend.hidden = this.more.hidden = Boolean(empty);
    this.summary.textContent = summary;
    this.svg.setAttribute("aria-label", alt);
    this.table = table;
    if (!table) this.more.hidden = true;
    this.#fillTable();
    if (empty) return;
    this.width = Math.floor(this.plot.clientWidth) || this.width || 640;
    this.draw(this);
  }

  #fillTable() {
    this.more.querySelector(".rb-numbers")?.remove();
    if (this.more.open && this.table) this.more.append(numbersTable(this.table(), this.title.textContent ?? ""));
  }

  /**
   * Puts a drawing in place of the one before.
   * @param {number} height @param {(SVGElement | null)[]} nodes @param {Place[]} places
   */
  place(height, nodes, places) {
    const focused = this.stops.findIndex(({ node }) => node === document.activeElement);
    this.hide();
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${height}`);
    this.svg.setAttribute("width", String(this.width));
    this.svg.setAttribute("height", String(height));
    const hits = places.map((place) => this.#hit(place));
    this.stops = hits.map((node, at) => ({ node, place: places[at] })).filter(({ place }) => !place.quiet);
    this.svg.setAttribute("role", this.stops.length ? "group" : "img");
    this.current = Math.min(this.current, Math.max(this.stops.length - 1, 0));
    this.stops.forEach(({ node }, at) => node.setAttribute("tabindex", at === this.current ? "0" : "-1"));
    this.svg.replaceChildren(...nodes.filter((node) => node !== null), ...hits);
    if (focused >= 0) this.stops[Math.min(focused, this.stops.length - 1)]?.node.focus();
  }

  /** @param {Place} place @returns {SVGElement} */
  #hit(place) {
    const show = () => this.#tell(place);
    const spoken = [place.title, ...place.lines].filter(Boolean).join(". ");
    return make("svg:rect", {
      class: "rb-place",
      x: place.x,
      y: place.y,
      width: Math.max(place.width, 1),
      height: Math.max(place.height, 1),
      rx: 4,
      ...(place.quiet ? { "aria-hidden": "true" } : { role: "img", "aria-label": spoken }),
      onpointerenter: show,
      onclick: show,
      onfocus: (/** @type {FocusEvent} */ event) => {
        this.current = Math.max(0, this.stops.findIndex(({ node }) => node === event.currentTarget));
        this.stops.forEach(({ node }, at) => node.setAttribute("tabindex", at === this.current ? "0" : "-1"));
        show();
      },
      onblur: () => this.hide(),
    });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const ahead = getComputedStyle(this.svg).direction === "rtl" ? -1 : 1;
    const last = this.stops.length - 1;
    const moves = /** @type {Record<string, number>} */ ({
      ArrowRight: this.current + ahead,
      ArrowLeft: this.current - ahead,
      ArrowDown: this.current + 1,
      ArrowUp: this.current - 1,
      PageDown: this.current + 10,
      PageUp: this.current - 10,
      Home: 0,
      End: last,
    });
    if (event.key === "Escape" && !this.readout.hidden) this.hide();
    else if (event.key in moves && !event.altKey && !event.ctrlKey && !event.metaKey)
      this.stops[Math.min(Math.max(moves[event.key], 0), last)]?.node.focus();
    else return;
    event.preventDefault();
  }

  /** @param {Place} place */
  #tell(place) {
    this.readout.replaceChildren(make("strong", null, place.title), ...place.lines.map((line) => make("span", null, line)));
    this.readout.hidden = false;
    const scale = this.svg.clientWidth ? this.svg.clientWidth / this.width : 1;
    const half = this.readout.offsetWidth / 2;
    const left = Math.min(Math.max(place.atX * scale, half), Math.max(this.plot.clientWidth - half, half));
    const above = place.atY * scale - this.readout.offsetHeight - 10;
    this.readout.style.left = `${left - half}px`;
    this.readout.style.top = `${above < -60 ? place.atY * scale + 14 : above}px`;
  }

  hide() {
    this.readout.hidden = true;
  }

  end() {
    this.watch.disconnect();
  }
}
