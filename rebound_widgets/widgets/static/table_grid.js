// The grid: ten thousand rows of which some thirty are drawn, moved through and changed by keyboard or pointer.

import { make } from "./lib/dom.js";
import { cellEditor } from "./table_editor.js";
import { isNewRow } from "./table_edits.js";

const MOST_ON_PAPER = 3000;
const ROWS_BEYOND = 8;
const DEFAULT_WIDTHS = /** @type {Record<string, number>} */ ({ text: 11.5, date: 8.2, choice: 9.4, number: 5.6 });
const HEADING_MOST = 16;

/** What the longest word of a heading needs beside the sign of its order, in em: no word of it is broken. @param {string} label */
function headingWidth(label) {
  const longest = Math.max(...String(label).split(/\s+/).map((word) => word.length));
  return Math.min(longest * 0.66 + 2.6, HEADING_MOST);
}
const OPEN = "\topen";
const DELETE = "\tdelete";

/** @param {string} look @returns {SVGElement} */
function gridIcon(look) {
  const paths = /** @type {Record<string, string>} */ ({ delete: "M5 5l10 10M15 5L5 15", sort: "M10 4l4 5H6zM10 16l-4-5h8z", up: "M10 6l5 7H5z", down: "M10 14L5 7h10z" });
  return make("svg:svg", { class: `rb-icon rb-icon-${look}`, viewBox: "0 0 20 20", "aria-hidden": "true" }, make("svg:path", { d: paths[look] }));
}

/**
 * Makes a cell look like another without taking it out of the page: this may run while the focus, or a press of
 * the mouse, is on its way to it.
 * @param {any} cell @param {any} fresh
 */
function refitCell(cell, fresh) {
  for (const { name } of [...cell.attributes]) if (!fresh.hasAttribute(name) && name !== "tabindex") cell.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (name !== "tabindex" || !cell.hasAttribute(name)) cell.setAttribute(name, value);
  const same = cell.childNodes.length === fresh.childNodes.length && [...cell.childNodes].every((node, at) => sameNode(node, fresh.childNodes[at]));
  if (!same) cell.replaceChildren(...fresh.childNodes);
}

/** The id of the row a button stands in: it may have got another since the button was drawn. @param {any} event */
function rowOf(event) {
  return event.currentTarget.closest("tr").dataset.id;
}

/** @param {any} node @param {any} fresh */
function sameNode(node, fresh) {
  if (node.getAttribute?.("tabindex") === "0") fresh.setAttribute?.("tabindex", "0");
  return node.isEqualNode(fresh);
}

export class TableGrid {
  /** @param {import("./table.js").TableDesk} desk */
  constructor(desk) {
    this.desk = desk;
    const { can } = desk.shown;
    /** @type {string[]} */
    this.keys = [...desk.shown.columns.map((/** @type {any} */ column) => column.name), ...(can.open || desk.links ? [OPEN] : []), ...(can.delete ? [DELETE] : [])];
    /** @type {Map<string, HTMLTableRowElement>} */
    this.drawn = new Map();
    /** What each drawn row shows. @type {WeakMap<HTMLElement, any>} */
    this.filled = new WeakMap();
    /** @type {{row: string, col: number}} The cell that has the place in the tab order; row "" is the heading. */
    this.active = { row: "", col: 0 };
    /** @type {{id: string, name: string, entry: any, editor: import("./table_editor.js").CellEditor, cell: HTMLElement} | null} */
    this.editing = null;
    this.rowHeight = 0;
    this.waiting = 0;
    this.head = make("thead", { role: "rowgroup" }, this.drawHead());
    this.body = make("tbody", { role: "rowgroup" });
    this.table = make(
      "table",
      { class: "rb-grid", role: "grid", "aria-label": desk.say("label"), "aria-describedby": desk.keysId, onkeydown: (/** @type {any} */ event) => this.key(event), onfocusin: (/** @type {any} */ event) => this.focused(event) },
      this.columnWidths(),
      this.head,
      this.body,
    );
    this.node = make("div", { class: "rb-grid-scroll", onscroll: () => this.later() }, this.table);
    this.body.addEventListener("click", (/** @type {MouseEvent} */ event) => this.clicked(event));
    /** On paper nobody scrolls: all rows are there. @param {Event} event */
    this.onPaper = (event) => {
      this.paper = event.type === "beforeprint";
      this.draw();
    };
    this.paper = false;
    for (const when of ["beforeprint", "afterprint"]) window.addEventListener(when, this.onPaper);
  }

  columnWidths() {
    const widths = this.keys.map((key) => {
      const column = this.desk.book.byName.get(key);
      if (!column) return key === OPEN ? 5.4 : 3.2;
      return Math.max(column.width || DEFAULT_WIDTHS[column.kind], headingWidth(column.label));
    });
    this.endRoom = this.keys.includes(DELETE) ? 3.2 : 0;
    const total = widths.reduce((one, other) => one + other, 0);
    const group = make("colgroup", null, ...widths.map((wide) => make("col", { style: `width:${wide}em` })));
    group.dataset.total = String(total);
    return group;
  }

  drawHead() {
    const { desk } = this;
    const cells = this.keys.map((key, at) => {
      const column = desk.book.byName.get(key);
      if (!column) return make("th", { role: "columnheader", scope: "col", class: key === OPEN ? "rb-grid-end rb-grid-open" : "rb-grid-end" }, make("span", { class: "rb-hidden" }, desk.say(key === OPEN ? "open" : "delete")));
      const button = make("button", { type: "button", class: "rb-grid-sort", tabindex: "-1", title: column.hint || null, onclick: () => desk.sortNext(key) }, column.label, gridIcon("sort"));
      return make("th", { role: "columnheader", scope: "col", "data-name": key, class: [at === 0 && "rb-grid-first", column.kind === "number" && "rb-grid-number"].filter(Boolean).join(" ") }, button);
    });
    return make("tr", { role: "row", "aria-rowindex": 1 }, ...cells);
  }

  /** Keeps what is scrolled to out from under the columns that stay. */
  padScroll() {
    const cells = [...(this.head.querySelector("tr")?.children ?? [])];
    const held = cells.filter((cell) => cell.classList.contains("rb-grid-end")).reduce((sum, cell) => sum + cell.offsetWidth, 0);
    this.node.style.scrollPaddingInline = `${cells[0]?.offsetWidth ?? 0}px ${held}px`;
    this.node.style.scrollPaddingBlockStart = `${this.head.offsetHeight}px`;
  }

  /** Shows how it is sorted. */
  showSort() {
    const sort = this.desk.wish.sort;
    for (const th of this.head.querySelectorAll("th[data-name]")) {
      const direction = sort?.[0] === th.dataset.name ? sort?.[1] : "none";
      th.setAttribute("aria-sort", direction);
      th.querySelector("svg")?.replaceWith(gridIcon(direction === "none" ? "sort" : direction === "ascending" ? "up" : "down"));
    }
  }

  later() {
    if (this.waiting) return;
    this.waiting = window.requestAnimationFrame(() => {
      this.waiting = 0;
      this.draw();
      this.desk.placeNote();
    });
  }

  /** Everything anew: other rows, another order. */
  refresh() {
    this.showSort();
    this.table.style.setProperty("--total", `${this.table.querySelector("colgroup")?.dataset.total}em`);
    this.table.style.setProperty("--end-room", `${this.endRoom}em`);
    this.table.setAttribute("aria-rowcount", String(this.desk.view.length + 1));
    if (this.active.row && !this.desk.places.has(this.active.row)) this.active = { row: "", col: this.active.col };
    this.draw();
    for (const [id, row] of this.drawn) if (this.filled.get(row) !== this.desk.book.rows.get(id)) this.fillRow(row, id);
    this.showActive();
    this.padScroll();
  }

  /** The rows in sight, and the one that has the focus wherever it is. */
  draw() {
    const { view, places } = this.desk;
    if (!this.rowHeight) this.measure();
    if (this.paper) {
      this.fillBody([...view.slice(0, MOST_ON_PAPER).keys()]);
      return;
    }
    const top = this.node.scrollTop;
    const high = Math.max(this.node.clientHeight, window.innerHeight); // empty, it is as low as its head, and grows with its rows
    const first = Math.max(0, Math.floor(top / this.rowHeight) - ROWS_BEYOND);
    const last = Math.min(view.length - 1, Math.ceil((top + high) / this.rowHeight) + ROWS_BEYOND);
    const wanted = new Set();
    for (let at = first; at <= last; at += 1) wanted.add(at);
    for (const id of [this.active.row, this.editing?.id]) if (id && places.has(id)) wanted.add(places.get(id));
    const sorted = [...wanted].sort((one, other) => one - other);
    this.fillBody(sorted);
  }

  /** @param {number[]} wanted Row numbers, in order. */
  fillBody(wanted) {
    const { view } = this.desk;
    const keep = new Map();
    /** @type {HTMLElement[]} */
    const nodes = [];
    let next = 0;
    for (const at of wanted) {
      if (at > next) nodes.push(this.gap(at - next));
      const id = view[at];
      const row = this.drawn.get(id) ?? this.newRow(id);
      row.setAttribute("aria-rowindex", String(at + 2));
      keep.set(id, row);
      nodes.push(row);
      next = at + 1;
    }
    if (next < view.length) nodes.push(this.gap(view.length - next));
    this.drawn = keep;
    this.place(nodes);
  }

  /** Puts nodes in their order without touching those that stand right: a moved field would lose its focus. @param {HTMLElement[]} nodes */
  place(nodes) {
    const wanted = new Set(nodes);
    for (const node of [...this.body.children]) if (!wanted.has(node)) node.remove();
    let at = this.body.firstChild;
    for (const node of nodes) {
      if (node === at) at = at.nextSibling;
      else this.body.insertBefore(node, at);
    }
  }

  /** @param {number} rows */
  gap(rows) {
    return make("tr", { class: "rb-grid-gap", role: "presentation", "aria-hidden": "true" }, make("td", { colspan: this.keys.length, style: `height:${rows * this.rowHeight}px` }));
  }

  measure() {
    const probe = this.desk.view[0] ? this.newRow(this.desk.view[0]) : make("tr", null, make("td", null, "\u00a0"));
    this.body.replaceChildren(probe);
    this.rowHeight = probe.getBoundingClientRect().height || 48;
    this.drawn.clear();
    this.body.replaceChildren();
  }

  /** @param {string} id */
  newRow(id) {
    const row = make("tr", { role: "row", "data-id": id });
    this.fillRow(row, id);
    return row;
  }

  /** @param {any} row @param {string} id */
  fillRow(row, id) {
    const held = this.editing?.id === id ? this.editing.cell : null;
    row.classList.toggle("rb-grid-new", isNewRow(id));
    const record = this.desk.book.rows.get(id);
    if (!record) return;
    this.filled.set(row, record);
    const title = this.desk.titleOf(record);
    const fresh = this.keys.map((key, at) => this.drawCell(record, key, at, title));
    if (row.children.length) fresh.forEach((cell, at) => row.children[at] !== held && refitCell(row.children[at], cell));
    else row.replaceChildren(...fresh);
    if (this.active.row === id) this.showActive();
  }

  /** @param {import("./table_rows.js").Row} record @param {string} key @param {number} at @param {string} title */
  drawCell(record, key, at, title) {
    const { desk } = this;
    if (key === OPEN) {
      const words = [desk.say("open"), make("span", { class: "rb-hidden" }, ` ${title}`)];
      const looks = { class: "rb-button rb-button-quiet rb-button-small", tabindex: "-1" };
      const opener = record.href
        ? make("a", { ...looks, href: desk.safeHref(record.href) }, ...words)
        : make("button", { type: "button", ...looks, onclick: (/** @type {any} */ event) => desk.open(rowOf(event)) }, ...words);
      return make("td", { role: "gridcell", class: "rb-grid-end rb-grid-open" }, isNewRow(record.id) ? null : opener);
    }
    if (key === DELETE) {
      const button = make("button", { type: "button", class: "rb-grid-delete", tabindex: "-1", title: desk.say("delete"), "aria-label": desk.say("delete_row", { row: title }), onclick: (/** @type {any} */ event) => desk.remove(rowOf(event)) }, gridIcon("delete"));
      return make("td", { role: "gridcell", class: "rb-grid-end" }, button);
    }
    const column = /** @type {import("./table_rows.js").Column} */ (desk.book.byName.get(key));
    const state = desk.stateOf(record.id, key);
    const editable = desk.mayEdit(column, record.id);
    const kind = [at === 0 && "rb-grid-first", column.kind === "number" && "rb-grid-number", editable && "rb-grid-editable"].filter(Boolean).join(" ");
    return make(
      at === 0 ? "th" : "td",
      {
        role: at === 0 ? "rowheader" : "gridcell",
        scope: at === 0 && "row",
        class: kind,
        "data-name": key,
        "data-state": state?.what,
        tabindex: "-1",
        "aria-readonly": editable ? null : "true",
        "aria-invalid": state?.sentence ? "true" : null,
        "aria-describedby": state?.sentence ? desk.noteId : null,
      },
      desk.cellContent(record, column),
      state?.what === "saving" && make("span", { class: "rb-hidden" }, ` (${desk.say("saving_cell")})`),
      state?.sentence && make("span", { class: "rb-hidden" }, ` (${desk.say("not_saved")})`),
    );
  }

  /** What in a cell takes the focus. @param {Element | undefined} cell @returns {HTMLElement | null} */
  target(cell) {
    if (!cell) return null;
    return /** @type {any} */ (cell.matches("[data-name]") && cell.closest("tbody") ? cell : (cell.querySelector("button, a") ?? cell));
  }

  /** @returns {HTMLElement | null} */
  activeTarget() {
    const row = this.active.row ? this.drawn.get(this.active.row) : this.head.querySelector("tr");
    return this.target(row?.children[this.active.col]);
  }

  showActive() {
    for (const node of this.table.querySelectorAll('[tabindex="0"]')) node.setAttribute("tabindex", "-1");
    const target = this.activeTarget();
    if (target && !this.editing) target.setAttribute("tabindex", "0");
  }

  /** @param {FocusEvent} event */
  focused(event) {
    const cell = /** @type {Element} */ (event.target).closest("td, th");
    const row = cell?.closest("tr");
    if (!cell || !row || this.editing) return;
    this.active = { row: row.dataset.id ?? "", col: [...row.children].indexOf(cell) };
    this.showActive();
    // What does not fit into its cell is shown whole while the cell has the focus.
    for (const long of this.body.querySelectorAll(".rb-grid-long")) long.classList.remove("rb-grid-long");
    const words = cell.querySelector(":scope > .rb-cell");
    if (words && cell.closest("tbody") && cell.scrollWidth > cell.clientWidth + 1) cell.classList.add("rb-grid-long");
    this.desk.showNote(this.active.row, this.keys[this.active.col], /** @type {HTMLElement} */ (cell));
  }

  /** Moves the focus, bringing the row into sight. @param {string} row @param {number} col */
  moveTo(row, col) {
    this.active = { row, col: Math.min(Math.max(col, 0), this.keys.length - 1) };
    const at = row ? (this.desk.places.get(row) ?? -1) : -1;
    if (at >= 0) {
      const head = this.head.offsetHeight;
      const top = at * this.rowHeight;
      const room = this.node.clientHeight - head;
      if (top < this.node.scrollTop) this.node.scrollTop = top;
      else if (top + this.rowHeight > this.node.scrollTop + room) this.node.scrollTop = top + this.rowHeight - room;
    }
    this.draw();
    this.showActive();
    const target = this.activeTarget();
    target?.focus({ preventScroll: true });
    target?.closest("td, th")?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  }

  /** @param {number} steps */
  moveRows(steps) {
    const { view, places } = this.desk;
    const at = this.active.row ? (places.get(this.active.row) ?? 0) : -1;
    const next = Math.min(at + steps, view.length - 1);
    this.moveTo(next < 0 ? "" : view[next], this.active.col);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (this.editing) return this.editKey(event);
    const ahead = getComputedStyle(this.table).direction === "rtl" ? -1 : 1;
    const page = Math.max(1, Math.floor(this.node.clientHeight / this.rowHeight) - 2);
    const all = this.desk.view.length;
    const control = event.ctrlKey || event.metaKey;
    const moves = /** @type {Record<string, () => void>} */ ({
      ArrowDown: () => this.moveRows(1),
      ArrowUp: () => this.moveRows(-1),
      ArrowRight: () => this.moveTo(this.active.row, this.active.col + ahead),
      ArrowLeft: () => this.moveTo(this.active.row, this.active.col - ahead),
      PageDown: () => this.moveRows(page),
      PageUp: () => this.moveRows(-page),
      Home: () => (control ? this.moveTo(this.desk.view[0] ?? "", 0) : this.moveTo(this.active.row, 0)),
      End: () => (control ? this.moveTo(this.desk.view[all - 1] ?? "", this.keys.length - 1) : this.moveTo(this.active.row, this.keys.length - 1)),
      F2: () => this.edit(false),
      Enter: () => this.edit(false),
    });
    const inCell = Boolean(this.desk.book.byName.get(this.keys[this.active.col])) && this.active.row;
    if ((event.key === "Enter" || event.key === "F2") && !inCell) return undefined; // a button does its own work
    if (event.key in moves && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      moves[event.key]();
    } else if (inCell && event.key.length === 1 && event.key !== " " && !control && !event.altKey) this.edit(false); // and the key lands in the field
    return undefined;
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    const cell = /** @type {Element} */ (event.target).closest("[data-name]");
    const row = cell?.closest("tr");
    if (!cell || !row || this.editing?.cell === cell) return;
    this.moveTo(row.dataset.id ?? "", [...row.children].indexOf(cell));
    this.edit(true);
  }

  /** Opens the active cell. @param {boolean} pointer */
  edit(pointer) {
    const { desk } = this;
    const { row: id, col } = this.active;
    const column = desk.book.byName.get(this.keys[col]);
    const record = desk.book.rows.get(id);
    const cell = this.drawn.get(id)?.children[col];
    if (!column || !record || !cell || this.editing || !desk.mayEdit(column, id)) return;
    const label = desk.say("cell", { column: column.label, row: desk.titleOf(record) });
    const entry = desk.edits.open(id, column.name);
    const invalid = entry.problem !== null || entry.theirs;
    const editor = cellEditor(column, desk.edits.value(record, column.name), { class: "rb-input rb-cell-input", "aria-label": label, "aria-invalid": invalid ? "true" : null, "aria-describedby": invalid ? desk.noteId : null }, desk.say("empty_cell"));
    this.editing = { id, name: column.name, entry, editor, cell: /** @type {HTMLElement} */ (cell) };
    cell.classList.add("rb-grid-editing");
    cell.replaceChildren(editor.node);
    cell.removeAttribute("tabindex");
    editor.node.addEventListener("blur", () => this.leave(true));
    editor.node.addEventListener("input", () => desk.jot(entry, editor.text()));
    editor.node.addEventListener("change", () => pointer && column.kind === "choice" && this.leave(true, true));
    editor.node.focus({ preventScroll: true });
    editor.node.select?.();
    if (pointer && column.kind === "choice") {
      try {
        editor.node.showPicker?.();
      } catch {
        // not allowed here: the list opens with the next press
      }
    }
  }

  /** @param {KeyboardEvent} event */
  editKey(event) {
    const { key, shiftKey, isComposing } = event;
    if (isComposing) return;
    if (key === "Escape") this.leave(false, true);
    else if (key === "Enter" && !shiftKey) this.leave(true, true);
    else if (key === "Tab") {
      const next = this.active.col + (shiftKey ? -1 : 1);
      this.leave(true, true);
      if (next < 0 || next >= this.keys.length) return;
      this.moveTo(this.active.row, next);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Closes the editor. @param {boolean} keep @param {boolean} [back] Whether the focus goes back to the cell. */
  leave(keep, back = false) {
    const held = this.editing;
    if (!held) return;
    this.editing = null;
    const { id, entry, editor, cell } = held;
    const value = editor.read();
    const row = this.drawn.get(id);
    cell.classList.remove("rb-grid-editing");
    if (keep && value !== undefined) this.desk.commit(entry, value);
    else this.desk.jot(entry, "");
    if (keep && value === undefined) this.desk.announce(this.desk.say("date_partial"));
    if (row) this.fillRow(row, this.desk.currentId(id));
    if (this.active.row === id) this.active.row = this.desk.currentId(id);
    this.showActive();
    if (back) this.activeTarget()?.focus({ preventScroll: true });
  }

  /** A row changed. @param {string} id */
  changed(id) {
    const row = this.drawn.get(id);
    if (row) this.fillRow(row, id);
  }

  /** A row begun here has the id it was kept under. @param {string} was @param {string} id */
  renamed(was, id) {
    if (this.active.row === was) this.active.row = id;
    if (this.editing?.id === was) this.editing.id = id;
    const row = this.drawn.get(was);
    if (!row) return;
    this.drawn.delete(was);
    this.drawn.set(id, row);
    row.dataset.id = id;
    this.fillRow(row, id);
  }

  /** @param {string} id @param {string} name */
  goTo(id, name) {
    this.moveTo(id, Math.max(this.keys.indexOf(name), 0));
  }

  end() {
    this.leave(true);
    window.cancelAnimationFrame(this.waiting ?? 0);
    for (const when of ["beforeprint", "afterprint"]) window.removeEventListener(when, this.onPaper);
  }
}
