// What stands over the rows: search, filters, the choice of view, the button that adds a row.

import { freshId, make } from "./lib/dom.js";
import { filterKey, NOTHING } from "./table_rows.js";

/** A filter for a choice column: a button with a list of boxes. */
class ColumnFilter {
  /** @param {import("./table.js").TableDesk} desk @param {import("./table_rows.js").Column} column */
  constructor(desk, column) {
    this.desk = desk;
    this.column = column;
    this.summary = make("summary", { class: "rb-button rb-button-plain rb-button-small" });
    this.panel = make("div", { class: "rb-filter-panel" });
    this.node = make("details", { class: "rb-filter", ontoggle: () => this.node.open && this.fill() }, this.summary, this.panel);
    this.node.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Escape" || !this.node.open) return;
      event.stopPropagation();
      this.node.open = false;
      this.summary.focus();
    });
    this.node.addEventListener("focusout", (/** @type {FocusEvent} */ event) => {
      if (event.relatedTarget && !this.node.contains(event.relatedTarget)) this.node.open = false;
    });
    this.show();
  }

  get chosen() {
    const held = this.desk.wish.filters.get(this.column.name) ?? new Set();
    this.desk.wish.filters.set(this.column.name, held);
    return held;
  }

  show() {
    const { column, chosen, desk } = this;
    this.summary.textContent = chosen.size ? desk.say("filter_some", { column: column.label, count: chosen.size }) : desk.say("filter", { column: column.label });
    this.node.dataset.on = String(chosen.size > 0);
    for (const box of this.panel.querySelectorAll("input")) box.checked = chosen.has(box.value === "" ? NOTHING : box.value);
  }

  fill() {
    const { column, desk } = this;
    const tally = desk.book.tally(column.name);
    const known = column.options.map(({ value, label }) => ({ key: filterKey(value), label }));
    const own = [...tally.keys()].filter((key) => key !== NOTHING && !known.some((option) => option.key === key)).map((key) => ({ key, label: key }));
    const all = [...known, ...own, { key: NOTHING, label: desk.say("filter_none") }].filter(({ key }) => tally.has(key) || this.chosen.has(key));
    const box = (/** @type {{key: string, label: string}} */ { key, label }) => {
      const field = make("input", { type: "checkbox", value: key === NOTHING ? "" : key, checked: this.chosen.has(key), onchange: () => this.toggle(key, field.checked) });
      return make("label", { class: "rb-filter-choice" }, field, make("span", null, label), make("span", { class: "rb-filter-count" }, String(tally.get(key) ?? 0)));
    };
    this.panel.replaceChildren(make("fieldset", null, make("legend", { class: "rb-hidden" }, column.label), ...all.map(box)));
  }

  /** @param {string} key @param {boolean} on */
  toggle(key, on) {
    if (on) this.chosen.add(key);
    else this.chosen.delete(key);
    this.show();
    this.desk.search();
  }
}

export class TableTools {
  /** @param {import("./table.js").TableDesk} desk */
  constructor(desk) {
    this.desk = desk;
    const { shown } = desk;
    const searchId = freshId("search");
    this.field = make("input", { type: "search", id: searchId, class: "rb-input rb-table-search", autocomplete: "off", spellcheck: "false", oninput: () => this.typed() });
    this.field.value = desk.wish.query;
    this.filters = shown.columns.filter((/** @type {any} */ column) => column.kind === "choice" && column.options.length).map((/** @type {any} */ column) => new ColumnFilter(desk, column));
    this.clear = make("button", { type: "button", class: "rb-button rb-button-quiet rb-button-small", hidden: true, onclick: () => this.clearAll() }, desk.say("filter_clear"));
    this.sort = this.sortField();
    this.sortPart = make("label", { class: "rb-table-sort" }, make("span", null, desk.say("sort_by")), this.sort);
    this.found = make("p", { class: "rb-hint rb-table-found", role: "status" });
    this.node = make(
      "div",
      { class: "rb-table-tools" },
      make("div", { class: "rb-table-find" }, make("label", { for: searchId, class: "rb-row-label" }, desk.say("search")), this.field),
      ...this.filters.map((/** @type {ColumnFilter} */ filter) => filter.node),
      this.sortPart,
      this.clear,
      make("span", { class: "rb-table-gap" }),
      shown.board ? this.viewSwitch() : null,
      shown.can.add ? make("button", { type: "button", class: "rb-button rb-button-plain", onclick: () => desk.add() }, desk.say("add")) : null,
    );
    document.addEventListener("pointerdown", (this.outside = (/** @type {Event} */ event) => {
      for (const filter of this.filters) if (filter.node.open && !filter.node.contains(event.target)) filter.node.open = false;
    }));
  }

  typed() {
    this.desk.wish.query = this.field.value;
    this.desk.search();
  }

  clearAll() {
    this.field.value = this.desk.wish.query = "";
    for (const filter of this.filters) {
      filter.chosen.clear();
      filter.show();
    }
    this.desk.search();
    this.field.focus();
  }

  sortField() {
    const { desk } = this;
    const field = make("select", { class: "rb-input" }, make("option", { value: "" }, desk.say("sort_as_is")));
    for (const column of desk.shown.columns) {
      const kind = ["date", "text", "choice"].includes(column.kind) ? `_${column.kind}` : "";
      for (const [direction, key] of [["ascending", "sort_up"], ["descending", "sort_down"]]) {
        const text = desk.say(key + kind, { column: column.label });
        field.append(make("option", { value: `${direction}\t${column.name}` }, text));
      }
    }
    field.addEventListener("change", () => {
      const [direction, name] = field.value.split("\t");
      desk.sortBy(name ? [name, direction] : null);
    });
    return field;
  }

  viewSwitch() {
    const { desk } = this;
    const name = freshId("view");
    const choice = (/** @type {string} */ view) =>
      make("label", null, make("input", { type: "radio", name, value: view, checked: desk.wish.view === view, onchange: () => desk.showAs(view) }), make("span", null, desk.say(`view_${view}`)));
    return make("div", { class: "rb-table-views", role: "radiogroup", "aria-label": desk.say("view") }, choice("table"), choice("board"));
  }

  /** Shows what was found and how it is sorted. @param {string} look */
  refresh(look) {
    const { desk } = this;
    const { wish, view, book } = desk;
    const all = book.rows.size;
    const limited = wish.query.trim() !== "" || [...wish.filters.values()].some((values) => values.size);
    this.clear.hidden = !limited;
    this.sortPart.hidden = look === "grid";
    this.sort.value = wish.sort ? `${wish.sort[1]}\t${wish.sort[0]}` : "";
    const number = new Intl.NumberFormat(desk.language);
    const total = number.format(all);
    const loading = all < desk.total ? desk.say("loading", { have: total, total: number.format(desk.total) }) : "";
    const words = loading || (limited ? desk.count("found_some", view.length, { total }) : desk.count("found", all));
    if (this.found.textContent !== words) this.found.textContent = words;
    for (const filter of this.filters) filter.show();
  }

  end() {
    document.removeEventListener("pointerdown", this.outside);
  }
}
