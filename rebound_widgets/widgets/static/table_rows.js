// The rows of a table and what of them is shown: search, filters, sorting. No drawing here.

import { dayNumber, dayWords } from "./lib/locale.js";

/** @typedef {{name: string, label: string, kind: string, options: {value: any, label: string, tone: string}[], editable: boolean,
 *   width: number, hint: string, lines: boolean}} Column */
/** @typedef {Record<string, any> & {id: string, revision: number}} Row */
/** @typedef {{query: string, filters: Map<string, Set<string>>, sort: [string, "ascending" | "descending"] | null}} Wish */

const PLAIN = /^[\x00-\x7f]*$/;

/** Text without what a search should not mind: capitals, accents. @param {string} text */
function folded(text) {
  const low = text.toLowerCase();
  return PLAIN.test(low) ? low : low.normalize("NFD").replace(/\p{M}/gu, "");
}

export const NOTHING = "\u0000";

/** A value as a filter names it. @param {any} value @returns {string} */
export function filterKey(value) {
  return value === null || value === undefined || value === "" ? NOTHING : String(value);
}

export class RowBook {
  /** @param {Column[]} columns @param {string} language */
  constructor(columns, language) {
    this.columns = columns;
    this.language = language;
    this.byName = new Map(columns.map((column) => [column.name, column]));
    this.number = new Intl.NumberFormat(language, { maximumFractionDigits: 2, useGrouping: false });
    this.collator = new Intl.Collator(language, { numeric: true, sensitivity: "base" });
    /** Days in words: a table has the same ones over and over. @type {Map<string, string>} */
    this.days = new Map();
    /** @type {Map<string, Row>} */
    this.rows = new Map();
    /** The rows' own order. @type {string[]} */
    this.order = [];
    /** @type {Map<string, string>} */
    this.haystacks = new Map();
    /** How many rows are ready to be searched. */
    this.ready = 0;
    /** @type {Map<string, Map<string, number>>} The place of each row by one column. */
    this.ranks = new Map();
  }

  /** @param {Row[]} rows @returns {string[]} The ids of those that are new. */
  append(rows) {
    const came = [];
    for (const row of rows) {
      if (!this.rows.has(row.id)) came.push(row.id);
      this.#set(row);
    }
    this.order.push(...came);
    return came;
  }

  /** @param {Row} row */
  #set(row) {
    this.rows.set(row.id, row);
    this.haystacks.delete(row.id);
    this.ranks.clear();
  }

  /** @param {Row} row @param {number} [place] Where a new row stands. @returns {boolean} Whether it is new. */
  put(row, place = this.order.length) {
    const known = this.rows.has(row.id);
    if (!known) this.order.splice(place, 0, row.id);
    this.#set(row);
    return !known;
  }

  /** @param {string} id */
  remove(id) {
    if (!this.rows.delete(id)) return;
    this.order = this.order.filter((one) => one !== id);
    this.ranks.clear();
  }

  /** A row begun here gets the id it was kept under. @param {string} was @param {Row} row */
  rename(was, row) {
    const place = this.order.indexOf(was);
    this.rows.delete(was);
    if (this.rows.has(row.id)) this.order = this.order.filter((id) => id !== was);
    else if (place >= 0) this.order[place] = row.id;
    else this.order.push(row.id);
    this.#set(row);
  }

  /** @param {string} name @param {any} value @returns {string} A value as people read it. */
  words(name, value) {
    if (value === null || value === undefined || value === "") return "";
    const column = this.byName.get(name);
    if (column?.kind === "choice") return column.options.find((option) => option.value === value)?.label ?? String(value);
    if (column?.kind === "date") return this.#dayWords(String(value));
    if (column?.kind === "number" && typeof value === "number") return this.number.format(value);
    return String(value);
  }

  /** @param {string} value */
  #dayWords(value) {
    let words = this.days.get(value);
    if (words === undefined) {
      const day = dayNumber(value);
      words = day === null ? value : dayWords(day, this.language, "dayYear");
      this.days.set(value, words);
    }
    return words;
  }

  /** Gets ready for the first search, a few rows at a time. @returns {boolean} Whether rows are left. */
  prepare(most = 400) {
    const end = Math.min(this.ready + most, this.order.length);
    for (; this.ready < end; this.ready += 1) {
      const row = this.rows.get(this.order[this.ready]);
      if (row) this.#haystack(row);
    }
    return this.ready < this.order.length;
  }

  /** What names a row: its first column. @param {Row | undefined} row @param {string} nameless */
  title(row, nameless) {
    for (const column of this.columns.slice(0, 2)) {
      const words = row ? this.words(column.name, row[column.name]) : "";
      if (words) return column.kind === "number" ? `${column.label} ${words}` : words; // a bare number names nothing
    }
    return nameless;
  }

  /** @param {Row} row */
  #haystack(row) {
    let found = this.haystacks.get(row.id);
    if (found === undefined) {
      found = folded(this.columns.map(({ name }) => this.words(name, row[name])).join("\n"));
      this.haystacks.set(row.id, found);
    }
    return found;
  }

  /** @param {string} name @returns {Map<string, number>} */
  #rank(name) {
    const held = this.ranks.get(name);
    if (held) return held;
    const column = this.byName.get(name);
    const places = new Map(column?.options.map(({ value }, at) => [value, at]));
    const keyOf = (/** @type {any} */ value) => {
      if (column?.kind === "choice") return places.get(value) ?? places.size;
      if (column?.kind === "number") return Number(value);
      return column?.kind === "date" ? String(value) : folded(String(value));
    };
    /** @type {{id: string, key: any}[]} */
    const keyed = [];
    for (const [id, row] of this.rows) {
      if (filterKey(row[name]) !== NOTHING) keyed.push({ id, key: keyOf(row[name]) });
    }
    const text = column?.kind === "text";
    keyed.sort(({ key: one }, { key: other }) => (text ? this.collator.compare(one, other) : one < other ? -1 : one > other ? 1 : 0));
    const rank = new Map();
    let place = -1;
    let last = null;
    for (const { id, key } of keyed) {
      if (key !== last) place += 1;
      last = key;
      rank.set(id, place);
    }
    this.ranks.set(name, rank);
    return rank;
  }

  /** The ids that fit, in the order wished for; rows without a value come last either way. @param {Wish} wish @returns {string[]} */
  find({ query, filters, sort }) {
    const words = folded(query).split(/\s+/).filter(Boolean);
    const wanted = [...filters].filter(([, values]) => values.size);
    const fits = (/** @type {string} */ id) => {
      const row = /** @type {Row} */ (this.rows.get(id));
      if (!wanted.every(([name, values]) => values.has(filterKey(row[name])))) return false;
      if (!words.length) return true;
      const haystack = this.#haystack(row);
      return words.every((word) => haystack.includes(word));
    };
    const found = words.length || wanted.length ? this.order.filter(fits) : [...this.order];
    if (!sort) return found;
    const rank = this.#rank(sort[0]);
    const turn = sort[1] === "descending" ? -1 : 1;
    const last = Number.MAX_SAFE_INTEGER;
    const keys = found.map((id, at) => ({ id, at, key: rank.has(id) ? turn * /** @type {number} */ (rank.get(id)) : last }));
    return keys.sort((one, other) => one.key - other.key || one.at - other.at).map(({ id }) => id);
  }

  /** How many rows have each value of a column. @param {string} name @returns {Map<string, number>} */
  tally(name) {
    const tally = new Map();
    for (const row of this.rows.values()) tally.set(filterKey(row[name]), (tally.get(filterKey(row[name])) ?? 0) + 1);
    return tally;
  }
}
