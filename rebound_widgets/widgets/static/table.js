// The table: rows that come in pieces, what is shown of them, and edits that wait for the disk.

import { drawStatus } from "./exercise-status.js";
import { fill, freshId, make } from "./lib/dom.js";
import { openOutbox, pageLine } from "./lib/line.js";
import { counted, languageOf } from "./lib/locale.js";
import { TableBoard } from "./table_board.js";
import { TableCards } from "./table_cards.js";
import { asEdit, CellEdits, isNewRow, newRowId } from "./table_edits.js";
import { TableGrid } from "./table_grid.js";
import { TableNotices } from "./table_notices.js";
import { RowBook } from "./table_rows.js";
import { TableTools } from "./table_tools.js";

const TABLE_HELLO_MS = 2500;
const PIECE_AGAIN_MS = 5000;
const CARDS_BELOW_PX = 560;

/** What one model and its views share: the rows, the edits, and the talk with the kernel. */
class TableSource {
  /** @param {{model: any, signal?: AbortSignal}} given */
  constructor({ model, signal }) {
    this.model = model;
    this.line = pageLine();
    this.outbox = openOutbox(this.line, (/** @type {any} */ content) => this.send(asEdit(content)));
    /** @type {any} */ this.shown = null;
    this.total = 0;
    this.book = new RowBook([], "en");
    this.edits = new CellEdits(this.outbox, "", () => this.book);
    /** @type {Set<TableDesk>} */
    this.desks = new Set();
    /** @type {Map<string, {done: (message: any) => void, timer: number}>} */
    this.asked = new Map();
    this.tickets = 0;
    this.timer = 0;
    /** Where the piece of rows begins that is waited for; -1 where none is. */
    this.awaited = -1;
    const heard = (/** @type {any} */ message) => this.hear(message);
    model.on("msg:custom", heard);
    const leave = this.line.join(this.outbox, model.widget_manager, { hello: () => this.hello(), adopt: () => void this.adopt() });
    const unwatch = this.outbox.watch((/** @type {any} */ entry) => this.entryChanged(entry));
    const handOver = () => this.desks.forEach((desk) => desk.handOver());
    window.addEventListener("pagehide", handOver, { capture: true });
    signal?.addEventListener("abort", () => {
      handOver();
      this.outbox.flush(true);
      window.clearTimeout(this.timer);
      window.removeEventListener("pagehide", handOver, { capture: true });
      unwatch();
      model.off("msg:custom", heard);
      leave();
    });
    this.hello();
  }

  /** @param {Record<string, any>} content */
  send(content) {
    try {
      this.model.send(content);
      return true;
    } catch {
      return false; // the connection is closed; the line sees it and sends again
    }
  }

  hello(wait = TABLE_HELLO_MS) {
    window.clearTimeout(this.timer);
    if (this.send({ type: "hello", page: this.line.page })) this.line.asked(this.outbox);
    this.timer = window.setTimeout(() => !this.shown && this.hello(Math.min(wait * 2, 15000)), wait);
  }

  /** @param {any} message */
  hear(message) {
    if (!message || (message.page && message.page !== this.line.page)) return;
    this.line.heard(this.outbox);
    const { type } = message;
    if (type === "show") this.show(message);
    else if (type === "rows") this.rows(message);
    else if (type === "changed") this.changed(message);
    else if (["kept", "refused", "clash"].includes(type)) this.settled(message);
    else if (message.ticket) this.answered(message);
  }

  /** @param {any} message */
  show(message) {
    const { rows, page: _page, type: _type, ...frame } = message;
    const same = this.shown && JSON.stringify(frame.columns) === JSON.stringify(this.shown.columns) && JSON.stringify(frame.words) === JSON.stringify(this.shown.words);
    const begun = [...this.book.rows.values()].filter((row) => isNewRow(row.id));
    this.shown = frame;
    this.total = frame.total;
    const language = languageOf([...this.desks][0]?.root ?? document.documentElement);
    this.book = new RowBook(frame.columns, language);
    for (const row of begun) this.book.put(row);
    this.book.append(rows);
    // Alone in a notebook there is no workbook: then the notebook's address keeps drafts apart.
    this.outbox.workbook = frame.workbook || `alone:${window.location.pathname}`;
    this.edits.record = `table:${frame.name}`;
    this.line.speakWith(this.outbox, frame.words);
    for (const desk of this.desks) desk.shownAnew(Boolean(same));
    this.next();
  }

  /** Asks for the next piece of rows, or, when all are here, looks for drafts of pages that are gone. */
  next() {
    window.clearTimeout(this.timer);
    const have = this.kept();
    this.awaited = have < this.total ? have : -1;
    if (have < this.total) {
      this.send({ type: "more", page: this.line.page, from: have });
      this.timer = window.setTimeout(() => this.next(), PIECE_AGAIN_MS);
    } else {
      void this.adopt();
      this.prepare();
    }
  }

  /** Uses quiet moments to get ready for the first search. */
  prepare() {
    const later = window.requestIdleCallback ?? ((/** @type {() => void} */ act) => window.setTimeout(act, 50));
    const { book } = this;
    later(() => book === this.book && book.prepare() && this.prepare());
  }

  /** How many of the kernel's rows are here. */
  kept() {
    return this.book.order.length - this.begun().length;
  }

  /** Rows begun here and kept nowhere yet: they stand first. */
  begun() {
    const { order } = this.book;
    const end = order.findIndex((id) => !isNewRow(id));
    return order.slice(0, end < 0 ? order.length : end);
  }

  /** @param {any} message */
  rows({ generation, from, total, rows }) {
    // A slow kernel is asked twice and answers twice: going on from both answers would double every piece to come.
    if (generation !== this.shown?.generation || from !== this.awaited || from > this.kept()) return;
    this.total = total;
    const came = this.book.append(rows);
    if (!rows.length) this.total = this.kept(); // some were deleted meanwhile
    const done = this.kept() >= this.total;
    for (const desk of this.desks) desk.rowsCame(came, done);
    this.next();
  }

  /** @param {any} message */
  changed({ rows, removed }) {
    const begun = this.begun().length;
    let fresh = removed.length > 0;
    for (const id of removed) this.book.remove(id);
    for (const [place, row] of rows) fresh = this.book.put(row, place + begun) || fresh;
    this.total = Math.max(this.kept(), this.total - removed.length);
    for (const desk of this.desks) {
      if (fresh) desk.search(true);
      else for (const [, row] of rows) desk.rowChanged(row.id);
    }
  }

  async adopt() {
    if (!this.shown || this.kept() < this.total) return;
    const begun = await this.edits.adopt();
    if (begun.length) for (const desk of this.desks) desk.search(true);
  }

  /** @param {any} message */
  settled(message) {
    const { was, row } = message;
    if (message.type === "kept" && row) {
      if (isNewRow(was) && this.book.rows.has(was)) {
        this.book.rename(was, row);
        this.edits.formerly.set(row.id, was);
        for (const desk of this.desks) desk.renamed(was, row.id);
        this.total = Math.max(this.total, this.kept());
      } else this.book.put(row);
    }
    this.outbox.hear(message);
    if (message.type !== "kept" || !row) return;
    if (isNewRow(was)) this.edits.settledAs(was, row.id);
    for (const desk of this.desks) desk.rowChanged(row.id);
  }

  /** @param {any} entry */
  entryChanged(entry) {
    if (entry.record !== this.edits.record) return;
    const [id] = entry.question.split("\t");
    const now = this.book.rows.has(id) ? id : ([...this.edits.formerly].find(([, was]) => was === id)?.[0] ?? id);
    for (const desk of this.desks) desk.rowChanged(now);
  }

  /**
   * Asks the kernel for something that is not an edit.
   * @param {Record<string, any>} content @param {(message: any) => void} done Is given the answer; a failure where none came.
   */
  ask(content, done) {
    const ticket = String((this.tickets += 1));
    const late = () => this.answered({ type: "failed", ticket, sentence: this.shown.words.no_answer });
    this.asked.set(ticket, { done, timer: window.setTimeout(late, 10000) });
    if (!this.send({ ...content, page: this.line.page, ticket })) late();
  }

  /** @param {any} message */
  answered(message) {
    const found = this.asked.get(message.ticket);
    if (!found) return;
    window.clearTimeout(found.timer);
    this.asked.delete(message.ticket);
    found.done(message);
  }
}

/** One view of the table. */
export class TableDesk {
  /** @param {TableSource} source @param {HTMLElement} root */
  constructor(source, root) {
    this.source = source;
    this.root = root;
    this.keysId = freshId("keys");
    this.noteId = freshId("note");
    /** @type {import("./table_rows.js").Wish & {view: string}} */
    this.wish = { query: "", filters: new Map(), sort: null, view: "table" };
    /** The ids shown, in order. @type {string[]} */
    this.view = [];
    /** @type {Map<string, number>} */
    this.places = new Map();
    /** @type {TableGrid | TableCards | TableBoard | null} */
    this.look = null;
    this.lookName = "";
    /** @type {TableTools | null} */
    this.tools = null;
    this.ear = make("div", { class: "rb-hidden", role: "status" });
    this.watch = new ResizeObserver(() => this.resized());
    this.status = null;
    this.language = languageOf(root);
    this.draftTimer = 0;
    source.desks.add(this);
    if (source.shown) this.shownAnew(false);
  }

  get shown() {
    return this.source.shown;
  }

  get book() {
    return this.source.book;
  }

  get edits() {
    return this.source.edits;
  }

  get total() {
    return this.source.total;
  }

  /** Whether rows have addresses of their own. */
  get links() {
    for (const row of this.book.rows.values()) if (row.href) return true;
    return false;
  }

  /** @param {string} key @param {Record<string, unknown>} [facts] */
  say(key, facts = {}) {
    return fill(this.shown?.words[key] ?? "", facts);
  }

  /** @param {string} key @param {number} count @param {Record<string, unknown>} [facts] */
  count(key, count, facts = {}) {
    return counted(this.shown.words, key, count, this.language, facts);
  }

  /** @param {string} sentence */
  announce(sentence) {
    this.ear.textContent = "";
    window.setTimeout(() => (this.ear.textContent = sentence), 50); // an emptied region says the same thing again
  }

  /** Everything was sent anew. @param {boolean} same Whether columns and words are as before. */
  shownAnew(same) {
    if (same && this.look) {
      this.search(true);
      return;
    }
    this.handOver();
    this.language = languageOf(this.root);
    if (!this.look) Object.assign(this.wish, { sort: this.shown.sort, view: this.shown.view });
    this.end();
    this.tools = new TableTools(this);
    this.notices = new TableNotices(this);
    this.status = drawStatus(/** @type {any} */ ({ outbox: this.source.outbox, say: (/** @type {string} */ key) => this.say(key), announce: (/** @type {string} */ sentence) => this.announce(sentence) }));
    this.place = make("div", { class: "rb-table-place" });
    this.blank = make("p", { class: "rb-empty", hidden: true });
    this.keys = make("p", { class: "rb-hint rb-table-keys", id: this.keysId });
    this.root.replaceChildren(this.status.node, this.tools.node, this.tools.found, this.notices.node, this.place, this.blank, this.notices.note, this.keys, this.ear);
    this.watch.observe(this.root);
    this.lookName = "";
    this.search(true);
  }

  /** Which look the width and the wish ask for. */
  wantedLook() {
    if (this.wish.view === "board" && this.shown.board) return "board";
    return (this.root.clientWidth || 1000) < CARDS_BELOW_PX ? "cards" : "grid";
  }

  resized() {
    if (!this.shown || this.wantedLook() === this.lookName) {
      this.placeNote();
      return;
    }
    this.search(true);
  }

  /** @param {string} view */
  showAs(view) {
    this.wish.view = view;
    this.search(true);
  }

  /** Finds and shows rows. @param {boolean} [keepPlace] Whether the scroll stays where it is. */
  search(keepPlace = false) {
    if (!this.place) return;
    const begun = this.source.begun();
    const all = this.book.find(this.wish);
    const found = begun.length ? all.filter((id) => !isNewRow(id)) : all;
    this.view = [...begun, ...found]; // a row begun here stays in sight whatever is searched for
    this.places = new Map(this.view.map((id, at) => [id, at]));
    const wanted = this.wantedLook();
    if (wanted !== this.lookName) this.changeLook(wanted);
    else if (!keepPlace && this.look instanceof TableGrid) this.look.node.scrollTop = 0;
    this.look?.refresh();
    this.tools?.refresh(wanted);
    this.notices?.refresh();
    const blank = this.view.length === 0;
    this.place.hidden = blank;
    /** @type {any} */ (this.keys).hidden = blank || !(/** @type {any} */ (this.keys).textContent);
    /** @type {any} */ (this.blank).hidden = !blank;
    /** @type {any} */ (this.blank).textContent = this.book.rows.size ? this.say("nothing_found") : this.say("empty");
  }

  /** @param {string} name */
  changeLook(name) {
    this.look?.end();
    this.hideNote();
    this.look = name === "board" ? new TableBoard(this) : name === "cards" ? new TableCards(this) : new TableGrid(this);
    this.lookName = name;
    this.root.dataset.look = name;
    this.place?.replaceChildren(this.look.node);
    const words = name === "board" ? this.say("board_keys") : name === "grid" && this.shown.can.edit ? this.say("keys") : "";
    /** @type {any} */ (this.keys).textContent = words;
    /** @type {any} */ (this.keys).hidden = !words || this.view.length === 0;
  }

  /** A piece of rows came. @param {string[]} came The ids of its rows. @param {boolean} all Whether it was the last. */
  rowsCame(came, all) {
    const { sort, query, filters } = this.wish;
    const filtered = [...filters.values()].some((values) => values.size);
    if (this.look && !sort && !query && !filtered) this.grow(came);
    // Sorting and searching a part would move under the hands: the first pieces only grow at the end.
    else if (all || (!sort && !query)) this.search(true);
    else this.tools?.refresh(this.lookName);
  }

  /** Shows rows after the others. To find all anew for each piece would take the longer the more are there. @param {string[]} came */
  grow(came) {
    for (const id of came) this.places.set(id, this.view.push(id) - 1);
    this.look?.refresh();
    this.tools?.refresh(this.lookName);
  }

  /** @param {string} id */
  rowChanged(id) {
    this.look?.changed(id);
    this.notices?.refresh();
  }

  /** @param {string} was @param {string} id */
  renamed(was, id) {
    const at = this.places.get(was);
    if (at === undefined) return;
    this.view[at] = id;
    this.places.delete(was);
    this.places.set(id, at);
    this.look?.renamed(was, id);
  }

  /** @param {string} id The id a row has now. */
  currentId(id) {
    return this.book.rows.has(id) ? id : ([...this.edits.formerly].find(([, was]) => was === id)?.[0] ?? id);
  }

  /** @param {[string, any] | null} sort */
  sortBy(sort) {
    this.wish.sort = sort;
    this.search();
  }

  /** From low to high, from high to low, as entered. @param {string} name */
  sortNext(name) {
    const now = this.wish.sort?.[0] === name ? this.wish.sort[1] : null;
    this.sortBy(now === null ? [name, "ascending"] : now === "ascending" ? [name, "descending"] : null);
  }

  /** @param {import("./table_rows.js").Row} record */
  titleOf(record) {
    const pending = Object.fromEntries(this.shown.columns.slice(0, 2).map((/** @type {any} */ column) => [column.name, this.edits.value(record, column.name)]));
    return this.book.title({ ...record, ...pending }, this.say(isNewRow(record.id) ? "new_row" : "nameless"));
  }

  /** @param {import("./table_rows.js").Column} column @param {string} id */
  mayEdit(column, id) {
    return column.editable && (this.shown.can.edit || isNewRow(id));
  }

  /** @param {string} id */
  mayChange(id) {
    return this.shown.columns.some((/** @type {any} */ column) => this.mayEdit(column, id));
  }

  /** How an edit of a cell stands; null where there is none under way. @param {string} id @param {string} name */
  stateOf(id, name) {
    const entry = this.edits.pending(id, name);
    if (!entry) return null;
    if (entry.theirs) {
      const theirs = this.book.words(name, entry.theirs.value) || this.say("clash_empty");
      return { what: "clash", sentence: this.say("clash", { theirs }), entry };
    }
    if (entry.problem !== null) return { what: "refused", sentence: entry.problem, entry };
    return { what: "saving", sentence: "", entry };
  }

  /** What a cell shows. @param {import("./table_rows.js").Row} record @param {import("./table_rows.js").Column} column */
  cellContent(record, column) {
    const value = this.edits.value(record, column.name);
    const words = this.book.words(column.name, value);
    if (column.kind !== "choice" || !words) return make("span", { class: "rb-cell" }, words);
    const tone = column.options.find((option) => option.value === value)?.tone;
    return make("span", { class: tone ? `rb-pill rb-pill-${tone}` : "rb-pill" }, words);
  }

  /** The problem of a cell with what can be done about it. @param {string} id @param {import("./table_rows.js").Column} column */
  problemPart(id, column) {
    const state = this.stateOf(id, column.name);
    if (!state?.sentence) return null;
    return make("div", { class: "rb-cell-problem" }, make("p", { class: "rb-problem" }, state.sentence), this.choices(state));
  }

  /** @param {any} state */
  choices({ what, entry }) {
    const button = (/** @type {string} */ key, /** @type {() => void} */ act) => make("button", { type: "button", class: "rb-button rb-button-plain rb-button-small", onclick: act }, this.say(key));
    if (what === "refused") return make("div", { class: "rb-row" }, button("take_back", () => this.resolve(entry, "back")));
    return make("div", { class: "rb-row" }, button("keep_mine", () => this.resolve(entry, "mine")), button("take_theirs", () => this.resolve(entry, "theirs")));
  }

  /** @param {any} entry @param {"mine" | "theirs" | "back"} choice */
  resolve(entry, choice) {
    const [id, name] = entry.question.split("\t");
    const row = this.book.rows.get(this.currentId(id));
    if (choice === "theirs" && row) this.book.put({ ...row, [name]: entry.theirs.value, revision: Math.max(row.revision, entry.theirs.revision) });
    if (choice === "back") this.edits.discard(entry);
    else this.source.outbox.resolve(entry, choice);
    if (isNewRow(id) && row?.id === id && !this.edits.all().some((one) => one.id === id)) this.forget(id);
    this.hideNote();
    this.source.entryChanged(entry);
    if (this.look instanceof TableGrid) this.look.goTo(this.currentId(id), name);
  }

  /** @param {any} entry @param {any} value */
  commit(entry, value) {
    window.clearTimeout(this.draftTimer);
    if (JSON.stringify(value) === JSON.stringify(entry.value)) {
      this.source.outbox.jot(entry, "");
      return;
    }
    this.edits.change(entry, value);
  }

  /** Keeps words that are being written in a cell in this browser. @param {any} entry @param {string} text */
  jot(entry, text) {
    window.clearTimeout(this.draftTimer);
    const write = () => this.source.outbox.jot(entry, text);
    if (text) this.draftTimer = window.setTimeout(write, 400);
    else write();
  }

  /** Hands over what is being written, as when a field is left. */
  handOver() {
    if (this.look instanceof TableGrid) this.look.leave(true);
    else if (this.root.contains(document.activeElement)) /** @type {any} */ (document.activeElement).dispatchEvent(new Event("change"));
  }

  add() {
    const id = newRowId();
    this.book.put({ id, revision: 0 }, 0);
    this.search(true);
    const first = this.shown.columns.find((/** @type {any} */ column) => column.editable)?.name ?? "";
    if (this.wish.view === "board") {
      this.wish.view = "table";
      this.shownAs("table");
    }
    this.look?.goTo(id, first);
    if (this.look instanceof TableGrid) this.look.edit(false);
  }

  /** @param {string} view */
  shownAs(view) {
    for (const radio of this.root.querySelectorAll(".rb-table-views input")) /** @type {any} */ (radio).checked = /** @type {any} */ (radio).value === view;
    this.showAs(view);
  }

  /** Takes a row away that was begun and never kept. @param {string} id */
  forget(id) {
    for (const { entry, id: row } of this.edits.all()) if (row === id) this.edits.discard(entry);
    this.book.remove(id);
    this.search(true);
  }

  /** @param {string} id */
  open(id) {
    this.source.ask({ type: "open", id }, (message) => message.type === "failed" && this.notices?.tell(message.sentence, null, true));
  }

  /** @param {string} id */
  remove(id) {
    if (isNewRow(id)) {
      this.forget(id);
      return;
    }
    const row = this.book.rows.get(id);
    if (!row) return;
    const title = this.titleOf(row);
    const at = this.places.get(id) ?? 0;
    this.source.ask({ type: "delete", id }, (message) => {
      if (message.type === "failed") {
        this.notices?.tell(message.sentence, null, true);
        return;
      }
      this.book.remove(id);
      this.source.total = this.source.kept();
      for (const desk of this.source.desks) desk.search(true);
      const next = this.view[Math.min(at, this.view.length - 1)];
      const undo = () =>
        this.source.ask({ type: "undo", id }, (answer) => {
          const failed = answer.type === "failed";
          const held = this.root.contains(document.activeElement);
          this.notices?.tell(failed ? answer.sentence : this.say("undone", { row: title }), null, failed);
          // The button that was pressed is gone: on to the row that is back.
          if (held && !this.root.contains(document.activeElement) && this.places.has(id)) this.look?.goTo(id, this.shown.columns[0].name);
        });
      this.notices?.tell(this.say("deleted", { row: title }), message.undo ? undo : null);
      if (!message.undo && next) this.look?.goTo(next, this.shown.columns[0].name);
    });
  }

  /** Leads to a cell, out of a search that hides it. @param {string} id @param {string} name */
  goTo(id, name) {
    if (!this.places.has(id)) this.tools?.clearAll();
    this.look?.goTo(id, name);
  }

  /** Only web and in-page addresses are followed. @param {string} href */
  safeHref(href) {
    return /^(#|https?:\/\/)/i.test(href.trim()) ? href.trim() : null;
  }

  /** @param {string} id @param {string} name @param {HTMLElement} cell */
  showNote(id, name, cell) {
    this.notices?.showNote(id, name, cell);
  }

  placeNote() {
    this.notices?.placeNote();
  }

  hideNote() {
    this.notices?.hideNote();
  }

  end() {
    this.look?.end();
    this.look = null;
    this.tools?.end();
    this.status?.end();
    this.watch.disconnect();
    window.clearTimeout(this.draftTimer);
  }
}

/** @param {TableSource} source @param {{el: HTMLElement, signal?: AbortSignal}} given @returns {() => void} */
function renderTable(source, { el, signal }) {
  const root = make("div", { class: "rb rb-table" });
  el.append(root);
  const desk = new TableDesk(source, root);
  const stop = () => {
    desk.handOver();
    source.desks.delete(desk);
    desk.end();
    root.remove();
  };
  signal?.addEventListener("abort", stop, { once: true });
  return stop;
}

// A function, so that each model has its own: what it keeps belongs to one kernel's widget.
export default () => {
  /** @type {TableSource} */
  let source;
  return {
    initialize(/** @type {any} */ given) {
      source = new TableSource(given);
    },
    render(/** @type {any} */ given) {
      return renderTable(source, given);
    },
  };
};
