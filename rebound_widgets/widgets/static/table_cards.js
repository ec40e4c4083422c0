// The rows as cards, where there is no room for columns: everything a grid does, by touch and by tab.

import { freshId, make } from "./lib/dom.js";
import { cellEditor, putCellValue } from "./table_editor.js";
import { isNewRow } from "./table_edits.js";

/** So many at first, that what stands under them is within reach; so many more with each press. */
const FIRST_CARDS = 12;
const MORE_CARDS = 30;

export class TableCards {
  /** @param {import("./table.js").TableDesk} desk */
  constructor(desk) {
    this.desk = desk;
    this.most = FIRST_CARDS;
    /** @type {Map<string, HTMLElement>} */
    this.drawn = new Map();
    /** Cards that are being changed. @type {Set<string>} */
    this.opened = new Set();
    this.list = make("ul", { class: "rb-cards", role: "list", "aria-label": desk.say("label") });
    this.more = make("button", { type: "button", class: "rb-button rb-button-plain", onclick: () => this.showMore() });
    this.node = make("div", null, this.list, this.more);
  }

  refresh() {
    const { view } = this.desk;
    const wanted = view.slice(0, this.most);
    const keep = new Map(wanted.map((id) => [id, this.drawn.get(id) ?? this.newCard(id)]));
    for (const [id, card] of this.drawn) {
      if (keep.get(id) !== card) card.remove();
    }
    this.drawn = keep;
    let at = this.list.firstChild;
    for (const card of keep.values()) {
      if (card === at) at = at.nextSibling;
      else this.list.insertBefore(card, at);
    }
    for (const id of keep.keys()) this.changed(id);
    const left = view.length - wanted.length;
    this.more.hidden = left <= 0;
    this.more.textContent = this.desk.count("more", Math.min(left, MORE_CARDS));
  }

  showMore() {
    const first = this.most;
    this.most += MORE_CARDS;
    this.refresh();
    const next = this.list.children[first];
    /** @type {any} */ (next?.querySelector("a, button"))?.focus();
  }

  /** @param {string} id */
  newCard(id) {
    const card = make("li", { class: "rb-card rb-row-card", "data-id": id });
    this.fill(card, id);
    return card;
  }

  /** @param {any} card @param {string} id */
  fill(card, id) {
    const { desk } = this;
    const record = desk.book.rows.get(id);
    if (!record) return;
    const title = desk.titleOf(record);
    const titleId = card.querySelector("[id]")?.id ?? freshId("row");
    const focused = card.contains(document.activeElement) ? document.activeElement?.getAttribute("data-part") : null;
    card.classList.toggle("rb-grid-new", isNewRow(id));
    card.replaceChildren(
      make("p", { class: "rb-row-title", id: titleId }, title),
      this.opened.has(id) ? this.fields(id, record) : this.facts(record),
      this.buttons(record, title),
    );
    card.setAttribute("aria-labelledby", titleId);
    if (focused) card.querySelector(`[data-part="${CSS.escape(focused)}"]`)?.focus();
  }

  /** @param {import("./table_rows.js").Row} record */
  facts(record) {
    const { desk } = this;
    const shown = desk.shown.columns.slice(1).filter((/** @type {any} */ column) => desk.edits.value(record, column.name) !== null || desk.stateOf(record.id, column.name));
    const first = desk.stateOf(record.id, desk.shown.columns[0].name);
    return make(
      "dl",
      { class: "rb-row-facts" },
      ...shown.map((/** @type {any} */ column) => {
        const state = desk.stateOf(record.id, column.name);
        return make("div", { "data-state": state?.what }, make("dt", null, column.label), make("dd", null, desk.cellContent(record, column), desk.problemPart(record.id, column)));
      }),
      first?.sentence && make("div", null, desk.problemPart(record.id, desk.shown.columns[0])),
    );
  }

  /** @param {string} id @param {import("./table_rows.js").Row} record */
  fields(id, record) {
    const { desk } = this;
    const editable = desk.shown.columns.filter((/** @type {any} */ column) => desk.mayEdit(column, id));
    return make("div", { class: "rb-row-fields" }, ...editable.map((/** @type {any} */ column) => this.field(id, record, column)));
  }

  /** @param {string} id @param {import("./table_rows.js").Row} record @param {import("./table_rows.js").Column} column */
  field(id, record, column) {
    const { desk } = this;
    const state = desk.stateOf(id, column.name);
    const fieldId = freshId("field");
    const problemId = `${fieldId}-problem`;
    const entry = desk.edits.open(id, column.name);
    const attributes = { id: fieldId, "data-part": column.name, "aria-invalid": state?.sentence ? "true" : null, "aria-describedby": state?.sentence ? problemId : null };
    const editor = cellEditor(column, desk.edits.value(record, column.name), attributes, desk.say("empty_cell"));
    const commit = () => {
      const value = editor.read();
      if (value === undefined) desk.announce(desk.say("date_partial"));
      else desk.commit(entry, value);
    };
    editor.node.addEventListener("input", () => desk.jot(entry, editor.text()));
    editor.node.addEventListener("change", commit);
    const problem = desk.problemPart(id, column);
    if (problem) /** @type {any} */ (problem.firstChild).id = problemId;
    return make("div", { class: "rb-row-field" }, make("label", { for: fieldId, class: "rb-row-label" }, column.label), editor.node, problem);
  }

  /** @param {import("./table_rows.js").Row} record @param {string} title */
  buttons(record, title) {
    const { desk } = this;
    const { can } = desk.shown;
    const about = () => make("span", { class: "rb-hidden" }, ` ${title}`);
    const small = "rb-button rb-button-plain rb-button-small";
    const opened = this.opened.has(record.id);
    const part = (/** @type {string} */ key, /** @type {() => void} */ act) => make("button", { type: "button", class: small, "data-part": `\t${key}`, onclick: act }, desk.say(key), about());
    const opener = record.href ? make("a", { class: small, href: desk.safeHref(record.href), "data-part": "\topen" }, desk.say("open"), about()) : can.open ? part("open", () => desk.open(record.id)) : null;
    return make(
      "div",
      { class: "rb-row" },
      isNewRow(record.id) ? null : opener,
      desk.mayChange(record.id) ? make("button", { type: "button", class: small, "data-part": "\tchange", "aria-expanded": String(opened), onclick: () => this.toggle(record.id) }, desk.say(opened ? "change_done" : "change"), about()) : null,
      can.delete ? part("delete", () => desk.remove(record.id)) : null,
    );
  }

  /** @param {string} id */
  toggle(id) {
    if (!this.opened.delete(id)) this.opened.add(id);
    const card = this.drawn.get(id);
    if (!card) return;
    this.fill(card, id);
    if (this.opened.has(id)) card.querySelector("input, select, textarea")?.focus();
  }

  /** A row changed: a card that is being written in keeps its fields. @param {string} id */
  changed(id) {
    const card = this.drawn.get(id);
    if (!card) return;
    // Fields stay where they are: this may run while the focus is on its way from one to the next.
    if (this.opened.has(id) && card.querySelector(".rb-row-fields")) this.refreshAround(card, id);
    else this.fill(card, id);
  }

  /** Title, values and problems of a card that is being changed. @param {any} card @param {string} id */
  refreshAround(card, id) {
    const { desk } = this;
    const record = desk.book.rows.get(id);
    if (record) card.querySelector(".rb-row-title").textContent = desk.titleOf(record);
    for (const field of card.querySelectorAll(".rb-row-field")) {
      const control = field.querySelector("input, select, textarea");
      const column = desk.book.byName.get(control.dataset.part);
      if (record && column && control !== document.activeElement) putCellValue(column, control, desk.edits.value(record, column.name));
      field.querySelector(".rb-cell-problem")?.remove();
      const problem = column && desk.problemPart(id, column);
      if (problem) {
        const sentence = /** @type {any} */ (problem.firstChild);
        sentence.id = `${control.id}-problem`;
        field.append(problem);
        control.setAttribute("aria-describedby", sentence.id);
        control.setAttribute("aria-invalid", "true");
      } else {
        control.removeAttribute("aria-invalid");
        control.removeAttribute("aria-describedby");
      }
    }
  }

  /** @param {string} was @param {string} id */
  renamed(was, id) {
    if (this.opened.delete(was)) this.opened.add(id);
    const card = this.drawn.get(was);
    if (!card) return;
    this.drawn.delete(was);
    this.drawn.set(id, card);
    card.dataset.id = id;
    this.changed(id);
  }

  /** @param {string} id @param {string} name */
  goTo(id, name) {
    const at = this.desk.places.get(id) ?? -1;
    if (at < 0) return;
    this.most = Math.max(this.most, at + 1);
    if (this.desk.mayChange(id)) this.opened.add(id);
    this.refresh();
    const card = this.drawn.get(id);
    /** @type {any} */ (card?.querySelector(`[data-part="${CSS.escape(name)}"]`) ?? card?.querySelector("button, a"))?.focus();
  }

  end() {
    const active = document.activeElement;
    if (this.node.contains(active)) /** @type {any} */ (active).blur?.(); // what is written in a field is handed over
  }
}
