// Edits of cells on their way to disk: each is an entry of the page's outbox, so none is lost.

import { isSettled, plainQuestion } from "./lib/entry.js";

const NEW_MARK = "new-";

/** @param {string} id @returns {boolean} Whether a row was begun on a page and is kept nowhere yet. */
export function isNewRow(id) {
  return id.startsWith(NEW_MARK);
}

/** @returns {string} An id for a row begun here. */
export function newRowId() {
  return NEW_MARK + [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => byte.toString(36).padStart(2, "0")).join("");
}

/** @param {string} question @returns {[string, string]} The row and the column of an entry. */
function placeOf(question) {
  const [id, name] = question.split("\t");
  return [id, name ?? ""];
}

/** What the outbox says in an exercise's words, in a table's. @param {Record<string, any>} content */
export function asEdit(content) {
  if (content.type !== "reply") return content;
  const { question, record_id: _record, item: _item, type: _type, ...rest } = content;
  const [id, field] = placeOf(question);
  return { type: "edit", id, field, ...rest };
}

export class CellEdits {
  /** @param {any} outbox @param {string} record @param {() => import("./table_rows.js").RowBook} book */
  constructor(outbox, record, book) {
    this.outbox = outbox;
    this.record = record;
    this.book = book;
    /** The id a row had before it was kept. @type {Map<string, string>} */
    this.formerly = new Map();
  }

  /** @param {string} id @param {string} name */
  #found(id, name) {
    return this.outbox.entries.get(`${this.record}|${id}\t${name}#`) ?? null;
  }

  /** The unsettled entry of a cell, under the row's id or the one it was begun with. @param {string} id @param {string} name */
  pending(id, name) {
    for (const one of [id, this.formerly.get(id)]) {
      const entry = one ? this.#found(one, name) : null;
      if (entry && !isSettled(entry)) return entry;
    }
    return null;
  }

  /** Everything not settled, with the row as it is known now. */
  all() {
    const now = new Map([...this.formerly].map(([id, was]) => [was, id]));
    return [...this.outbox.entries.values()]
      .filter((entry) => entry.record === this.record && !isSettled(entry))
      .map((entry) => {
        const [id, name] = placeOf(entry.question);
        return { entry, id: now.get(id) ?? id, name };
      });
  }

  /** What a cell shows: what the person wrote, as long as it is not kept. @param {import("./table_rows.js").Row} row @param {string} name */
  value(row, name) {
    const entry = this.pending(row.id, name);
    return entry ? entry.value : (row[name] ?? null);
  }

  /**
   * The entry to write to, built on the revision that is on screen now.
   * @param {string} id @param {string} name @param {number} [base]
   */
  open(id, name, base) {
    const entry = this.outbox.entry(this.record, `${id}\t${name}`, null, "cell");
    if (isSettled(entry)) {
      const row = this.book().rows.get(id);
      entry.kept = { value: row?.[name] ?? null, revision: base ?? row?.revision ?? 0, made_at: null };
      entry.value = entry.kept.value;
    }
    return entry;
  }

  /** @param {any} entry @param {any} value */
  change(entry, value) {
    this.outbox.jot(entry, "");
    this.outbox.change(entry, value, { now: true });
  }

  /** Takes a change back that was not kept. @param {any} entry */
  discard(entry) {
    window.clearTimeout(entry.timer);
    Object.assign(entry, { value: entry.kept.value, dirtySince: null, flying: [], problem: null, theirs: null, unsure: [] });
    const { record, question, item } = entry;
    this.outbox.jot(entry, "");
    this.outbox.line.drafts.remove({ workbook: this.outbox.workbook, record, question, item, post: this.outbox.id });
    this.outbox.line.refresh();
  }

  /** A row begun here is kept now; what was refused while it was not there may fit now. @param {string} was @param {string} id */
  settledAs(was, id) {
    this.formerly.set(id, was);
    for (const { entry } of this.all()) {
      if (placeOf(entry.question)[0] === was && entry.problem !== null) this.outbox.change(entry, entry.value, { now: true });
    }
  }

  /** Takes up what pages that are gone could not hand over. @returns {Promise<string[]>} Rows begun there. */
  async adopt() {
    const { outbox } = this;
    const known = (/** @type {any} */ draft) => {
      const [id, name] = placeOf(plainQuestion(draft));
      return this.book().byName.has(name) && (this.book().rows.has(id) || isNewRow(id)) && outbox.isFree(draft);
    };
    const kept = (/** @type {number} */ post) => outbox.line.looksAfter(post);
    const drafts = await outbox.line.drafts.adopt(outbox.workbook, this.record, outbox.id, known, kept);
    const begun = new Set();
    for (const draft of drafts) {
      const question = plainQuestion(draft);
      const [id, name] = placeOf(question);
      if (!this.book().rows.has(id)) {
        this.book().put({ id, revision: 0 }, 0);
        begun.add(id);
      }
      if (question !== draft.question) {
        // Begun and never left: the words count as written.
        const entry = this.open(id, name);
        outbox.line.drafts.remove({ ...draft, post: outbox.id });
        this.change(entry, draft.value || null);
      } else {
        this.open(id, name, draft.base);
        outbox.takeUp(draft, "cell");
      }
    }
    return [...begun];
  }
}
