// What the table has to say: changes that are not saved, what was deleted, and the sentence at a cell.

import { make } from "./lib/dom.js";

const PROBLEMS_LISTED = 5;

export class TableNotices {
  /** @param {import("./table.js").TableDesk} desk */
  constructor(desk) {
    this.desk = desk;
    this.problems = make("div", { class: "rb-notice rb-table-problems", hidden: true });
    this.words = make("p", null);
    this.said = make("div", { class: "rb-table-said", role: "status" });
    this.node = make("div", { class: "rb-table-notices" }, this.problems, this.said);
    this.note = make("div", { class: "rb-cell-note", hidden: true });
    /** @type {{id: string, name: string} | null} */
    this.noted = null;
  }

  /** Says what came of something. @param {string} sentence @param {(() => void) | null} [undo] @param {boolean} [problem] */
  tell(sentence, undo = null, problem = false) {
    const { desk } = this;
    const button = undo && make("button", { type: "button", class: "rb-button rb-button-plain rb-button-small", onclick: undo }, desk.say("undo"));
    this.said.replaceChildren(make("p", { class: problem ? "rb-problem" : null }, sentence), ...(button ? [button] : []));
    this.said.dataset.state = problem ? "refused" : "";
    if (button && (document.activeElement === document.body || !document.activeElement)) button.focus();
  }

  refresh() {
    const { desk } = this;
    const all = desk.edits.all().filter(({ entry }) => entry.problem !== null || entry.theirs);
    this.problems.hidden = all.length === 0;
    if (this.noted) this.showNoteFor(this.noted);
    const key = JSON.stringify(all.map(({ id, name, entry }) => [id, name, entry.problem, entry.theirs?.value ?? null, entry.value]));
    if (key === this.last) return;
    this.last = key;
    const items = all.slice(0, PROBLEMS_LISTED).map(({ id, name }) => {
      const row = desk.book.rows.get(id);
      const column = desk.book.byName.get(name);
      const state = desk.stateOf(id, name);
      const sentence = desk.say("problem", { row: row ? desk.titleOf(row) : desk.say("nameless"), column: column?.label ?? name, sentence: state?.sentence ?? "" });
      const go = row && make("button", { type: "button", class: "rb-button rb-button-quiet rb-button-small", onclick: () => desk.goTo(id, name) }, desk.say("problem_go"));
      return make("li", null, make("span", null, sentence), " ", go || (state && desk.choices(state)));
    });
    this.problems.replaceChildren(make("p", { class: "rb-notice-title" }, all.length ? desk.count("problem_title", all.length) : ""), make("ul", null, ...items));
    if (all.length) desk.announce(desk.count("problem_title", all.length));
  }

  /** The sentence at a cell that has the focus. @param {string} id @param {string} name @param {HTMLElement} _cell */
  showNote(id, name, _cell) {
    this.noted = { id, name };
    this.showNoteFor(this.noted);
  }

  /** @param {{id: string, name: string}} which */
  showNoteFor({ id, name }) {
    const { desk } = this;
    const column = desk.book.byName.get(name);
    const part = desk.lookName === "grid" && column ? desk.problemPart(id, column) : null;
    if (!part) {
      this.note.hidden = true;
      return;
    }
    /** @type {any} */ (part.firstChild).id = desk.noteId;
    if (this.note.textContent !== part.textContent) this.note.replaceChildren(part);
    this.note.hidden = false;
    this.placeNote();
  }

  /** Under its cell, or over it where there is no room. */
  placeNote() {
    const { desk, note, noted } = this;
    if (note.hidden || !noted) return;
    const cell = desk.root.querySelector(`tr[data-id="${CSS.escape(noted.id)}"] [data-name="${CSS.escape(noted.name)}"]`);
    if (!cell) {
      note.hidden = true;
      return;
    }
    const [at, home] = [cell.getBoundingClientRect(), desk.root.getBoundingClientRect()];
    const left = Math.min(Math.max(at.left - home.left, 0), Math.max(desk.root.clientWidth - note.offsetWidth, 0));
    note.style.left = `${left}px`;
    note.style.top = `${at.bottom - home.top + 4}px`;
  }

  hideNote() {
    this.noted = null;
    this.note.hidden = true;
  }
}
