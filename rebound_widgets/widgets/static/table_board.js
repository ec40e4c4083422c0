// The rows as cards in columns, one column for each choice; a card is moved by its list, by keys or by pointer.

import { dragBy } from "./exercise-drag.js";
import { freshId, make } from "./lib/dom.js";
import { filterKey, NOTHING } from "./table_rows.js";

const BOARD_AT_ONCE = 25;

export class TableBoard {
  /** @param {import("./table.js").TableDesk} desk */
  constructor(desk) {
    this.desk = desk;
    this.column = /** @type {import("./table_rows.js").Column} */ (desk.book.byName.get(desk.shown.board));
    /** How many cards of each column are drawn. @type {Map<string, number>} */
    this.most = new Map();
    /** The card with the place in the tab order. */
    this.active = "";
    this.node = make("div", { class: "rb-board", role: "group", "aria-label": desk.say("label"), "aria-describedby": desk.keysId, onkeydown: (/** @type {any} */ event) => this.key(event), onfocusin: (/** @type {any} */ event) => this.focused(event) });
  }

  /** @returns {{key: string, value: any, label: string, ids: string[]}[]} */
  columns() {
    const { book, edits, view } = this.desk;
    const columns = this.column.options.map((option) => ({ key: filterKey(option.value), value: option.value, label: option.label, ids: /** @type {string[]} */ ([]) }));
    const rest = { key: NOTHING, value: null, label: this.desk.say("column_none"), ids: /** @type {string[]} */ ([]) };
    const byKey = new Map(columns.map((column) => [column.key, column]));
    for (const id of view) {
      const row = book.rows.get(id);
      if (row) (byKey.get(filterKey(edits.value(row, this.column.name))) ?? rest).ids.push(id);
    }
    return rest.ids.length ? [rest, ...columns] : columns;
  }

  refresh() {
    const focused = this.node.contains(document.activeElement) ? document.activeElement : null;
    const part = focused?.getAttribute("data-part");
    const columns = this.columns();
    if (!this.desk.places.has(this.active)) this.active = columns.find(({ ids }) => ids.length)?.ids[0] ?? "";
    const scrolled = this.node.scrollLeft;
    this.node.replaceChildren(...columns.map((column) => this.drawColumn(column, columns)));
    this.node.scrollLeft = scrolled;
    if (focused) this.partOf(this.active, part ?? "title")?.focus();
  }

  /** @param {{key: string, value: any, label: string, ids: string[]}} column @param {{value: any, label: string}[]} columns */
  drawColumn(column, columns) {
    const { desk } = this;
    const most = this.most.get(column.key) ?? BOARD_AT_ONCE;
    const left = column.ids.length - most;
    const headId = freshId("column");
    const more = () => {
      this.most.set(column.key, most + BOARD_AT_ONCE);
      this.active = column.ids[most];
      this.refresh();
      this.partOf(this.active, "title")?.focus();
    };
    return make(
      "section",
      { class: "rb-board-column", "aria-labelledby": headId, "data-column": column.key === NOTHING ? "" : column.key },
      make("p", { class: "rb-board-head", id: headId }, make("span", null, column.label), " ", make("span", { class: "rb-board-count" }, String(column.ids.length))),
      column.ids.length ? make("ul", { role: "list", class: "rb-board-list" }, ...column.ids.slice(0, most).map((id) => this.drawCard(id, columns))) : make("p", { class: "rb-board-empty" }, desk.say("board_empty")),
      left > 0 && make("button", { type: "button", class: "rb-button rb-button-quiet rb-button-small", onclick: more }, desk.count("more", Math.min(left, BOARD_AT_ONCE))),
    );
  }

  /** @param {string} id @param {{value: any, label: string}[]} columns */
  drawCard(id, columns) {
    const { desk } = this;
    const record = /** @type {import("./table_rows.js").Row} */ (desk.book.rows.get(id));
    const title = desk.titleOf(record);
    const state = desk.stateOf(id, this.column.name);
    const turn = id === this.active ? "0" : "-1";
    const looks = { class: "rb-board-title", "data-part": "title", tabindex: turn };
    const heading = record.href
      ? make("a", { ...looks, href: desk.safeHref(record.href) }, title)
      : desk.shown.can.open
        ? make("button", { type: "button", ...looks, onclick: () => desk.open(id) }, title)
        : make("span", { ...looks, role: "group", "aria-label": title }, title);
    const others = desk.shown.columns.slice(1).filter((/** @type {any} */ column) => column.name !== this.column.name && column.kind !== "choice");
    const lines = others.map((/** @type {any} */ column) => desk.book.words(column.name, desk.edits.value(record, column.name))).filter(Boolean).slice(0, 2);
    const card = make(
      "li",
      { class: "rb-board-card", "data-id": id, "data-state": state?.what },
      heading,
      ...lines.map((/** @type {string} */ line) => make("span", { class: "rb-board-line" }, line)),
      desk.mayEdit(this.column, id) ? this.mover(id, title, record, columns, turn) : null,
      desk.problemPart(id, this.column),
    );
    if (desk.mayEdit(this.column, id)) this.draggable(card, id);
    return card;
  }

  /** @param {string} id @param {string} title @param {any} record @param {{value: any, label: string}[]} columns @param {string} turn */
  mover(id, title, record, columns, turn) {
    const { desk } = this;
    const now = desk.edits.value(record, this.column.name);
    const others = columns.map(({ value, label }, at) => value !== now && make("option", { value: at }, label));
    const looks = { class: "rb-input rb-board-move", "data-part": "move", tabindex: turn, "aria-label": desk.say("move_row", { row: title }) };
    const node = make("select", looks, make("option", { value: "", selected: true }, desk.say("move")), ...others);
    node.addEventListener("change", () => node.value !== "" && this.move(id, columns[Number(node.value)].value));
    return node;
  }

  /** @param {string} id @param {any} value */
  move(id, value) {
    const { desk } = this;
    const record = desk.book.rows.get(id);
    if (!record || value === desk.edits.value(record, this.column.name)) return;
    this.active = id;
    desk.commit(desk.edits.open(id, this.column.name), value);
    this.refresh();
    const label = this.columns().find((column) => column.value === value)?.label ?? "";
    desk.announce(desk.say("moved", { row: desk.titleOf(record), column: label }));
  }

  /** @param {any} card @param {string} id */
  draggable(card, id) {
    let touch = false;
    let dragged = false;
    card.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
      // A finger scrolls the page; for it there is the list. Fields and lists keep their own presses.
      touch = event.pointerType === "touch" || /** @type {Element} */ (event.target).closest("select") !== null;
      dragged = false;
      if (touch) event.stopImmediatePropagation();
    });
    const over = (/** @type {number} */ x, /** @type {number} */ y) => {
      dragged = true;
      const columns = [...this.node.querySelectorAll(".rb-board-column")];
      const found = columns.find((column) => {
        const box = column.getBoundingClientRect();
        return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
      });
      return /** @type {HTMLElement | null} */ (found ?? null);
    };
    dragBy(card, card, over, (target) => {
      const key = target.dataset.column ?? "";
      const column = this.columns().find((one) => (one.key === NOTHING ? "" : one.key) === key);
      if (column) this.move(id, column.value);
    });
    // The press that ends a drag must not open the card.
    card.addEventListener("click", (/** @type {Event} */ event) => dragged && (event.preventDefault(), event.stopPropagation(), (dragged = false)), true);
  }

  /** @param {string} id @param {string} part @returns {any} */
  partOf(id, part) {
    return this.node.querySelector(`[data-id="${CSS.escape(id)}"] [data-part="${part}"]`);
  }

  /** @param {FocusEvent} event */
  focused(event) {
    const card = /** @type {any} */ (event.target).closest("[data-id]");
    if (!card || card.dataset.id === this.active) return;
    for (const part of this.node.querySelectorAll(`[data-id="${CSS.escape(this.active)}"] [data-part]`)) part.tabIndex = -1;
    this.active = card.dataset.id;
    for (const part of card.querySelectorAll("[data-part]")) part.tabIndex = 0;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (/** @type {Element} */ (event.target).closest("select") || event.altKey || event.ctrlKey || event.metaKey) return;
    const columns = [...this.node.querySelectorAll(".rb-board-column")].map((column) => [...column.querySelectorAll("[data-id]")]);
    const at = columns.findIndex((cards) => cards.some((/** @type {any} */ card) => card.dataset.id === this.active));
    if (at < 0) return;
    const place = columns[at].findIndex((/** @type {any} */ card) => card.dataset.id === this.active);
    const ahead = getComputedStyle(this.node).direction === "rtl" ? -1 : 1;
    const beside = (/** @type {number} */ step) => {
      for (let next = at + step; next >= 0 && next < columns.length; next += step) if (columns[next].length) return columns[next][Math.min(place, columns[next].length - 1)];
      return undefined;
    };
    const moves = /** @type {Record<string, () => any>} */ ({
      ArrowDown: () => columns[at][place + 1],
      ArrowUp: () => columns[at][place - 1],
      ArrowRight: () => beside(ahead),
      ArrowLeft: () => beside(-ahead),
      Home: () => columns[at][0],
      End: () => columns[at].at(-1),
    });
    if (!(event.key in moves)) return;
    event.preventDefault();
    moves[event.key]()?.querySelector('[data-part="title"]')?.focus();
  }

  changed() {
    this.refresh();
  }

  /** @param {string} was @param {string} id */
  renamed(was, id) {
    if (this.active === was) this.active = id;
    this.refresh();
  }

  /** @param {string} id */
  goTo(id) {
    const found = this.columns().find(({ ids }) => ids.includes(id));
    if (!found) return;
    this.most.set(found.key, Math.max(this.most.get(found.key) ?? BOARD_AT_ONCE, found.ids.indexOf(id) + 1));
    this.active = id;
    this.refresh();
    (this.partOf(id, "move") ?? this.partOf(id, "title"))?.focus();
  }

  end() {}
}
