// What one exercise has to hand over: each reply is sent, and kept until the kernel says that it is on disk.

import { JOT_MARK, entryKey, isJot, isSettled, newEntry, plainQuestion } from "./entry.js";
import { goesOn, joinReplies, mergeItems, sameReply } from "./values.js";

const PAUSE_MS = 700;
const LONGEST_WAIT_MS = 1900; // somebody who writes on without a pause is saved within two seconds all the same
const RESEND_MS = 6000;
const TRY_REFUSED_MS = 6000;
const ANSWER_WITHIN_MS = 20000;

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./entry.js").Kept} Kept */

export class Outbox {
  /**
   * @param {any} line The page's line.
   * @param {(content: Record<string, any>) => boolean} send
   */
  constructor(line, send) {
    this.line = line;
    this.send = send;
    this.id = line.nextPost();
    this.workbook = "";
    /** What the exercise is about now. @type {string | null} */
    this.record = null;
    /** Drafts that only their own page can settle. @type {Set<string>} */
    this.left = new Set();
    this.lost = false;
    /** @type {Map<string, Entry>} */
    this.entries = new Map();
    /** The kind of each question. @type {Map<string, string>} */
    this.kinds = new Map();
    /** @type {Set<(entry: Entry, what: "value" | "state", source: any) => void>} */
    this.watchers = new Set();
  }

  /** @param {(entry: Entry, what: "value" | "state", source: any) => void} watcher @returns {() => void} Stops it. */
  watch(watcher) {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** @param {Entry} entry @param {"value" | "state"} what @param {any} [source] */
  #tell(entry, what, source = null) {
    for (const watcher of this.watchers) watcher(entry, what, source);
    this.line.refresh();
  }

  /**
   * The entry of one reply, made when it is not there yet.
   * @param {string} record @param {string} question @param {number | null} item @param {string} [kind]
   * @returns {Entry}
   */
  entry(record, question, item, kind = this.kinds.get(question) ?? "") {
    const key = entryKey(record, question, item);
    let found = this.entries.get(key);
    if (!found) {
      found = newEntry(record, question, item, kind);
      this.entries.set(key, found);
    }
    if (kind) found.kind = kind;
    return found;
  }

  /** Whether every reply is on disk. */
  get settled() {
    return [...this.entries.values()].every(isSettled);
  }

  /** Whether the kernel left a reply unanswered for too long although others may be heard. */
  get unanswered() {
    const now = performance.now();
    return [...this.entries.values()].some((entry) => entry.flying.some((sent) => now - sent.first > ANSWER_WITHIN_MS));
  }

  /**
   * The person changed a reply.
   * @param {Entry} entry @param {any} value
   * @param {{now?: boolean, composing?: boolean, source?: any}} [how] `now` sends it without a pause;
   *   `composing` waits for the end of a composition (an input method's unfinished word), within limits.
   */
  change(entry, value, { now = false, composing = false, source = null } = {}) {
    entry.value = value;
    entry.at = Date.now();
    const last = entry.flying.at(-1);
    const back = JSON.stringify(value) === JSON.stringify(last ? last.value : entry.kept.value);
    if (back && !entry.problem && !entry.theirs && !entry.unsure.length) {
      window.clearTimeout(entry.timer);
      entry.dirtySince = null; // typed and taken back: nothing to send
    } else {
      entry.dirtySince ??= performance.now();
      this.#schedule(entry, now, composing);
    }
    this.#keepDraft(entry);
    this.#tell(entry, "value", source);
  }

  /** @param {Entry} entry @param {boolean} now @param {boolean} composing */
  #schedule(entry, now, composing) {
    window.clearTimeout(entry.timer);
    entry.urgent ||= now;
    const longest = LONGEST_WAIT_MS - (performance.now() - (entry.dirtySince ?? 0));
    const wait = now ? 0 : Math.max(0, composing ? longest : Math.min(PAUSE_MS, longest));
    if (wait === 0) this.#send(entry);
    else entry.timer = window.setTimeout(() => this.#send(entry), wait);
  }

  /** @param {Entry} entry */
  #keepDraft(entry) {
    const which = { workbook: this.workbook, record: entry.record, question: entry.question, item: entry.item, post: this.id };
    if (isSettled(entry)) {
      this.line.drafts.remove(which);
      return;
    }
    const unsure = [...entry.unsure, ...entry.flying.map((sent) => sent.value)];
    this.line.drafts.put({ ...which, value: entry.value, base: entry.kept.revision, unsure, at: entry.at });
  }

  /**
   * Sends what changed. One reply at a time is on its way for each question, so that the next one can name the
   * revision it builds on; only a page about to go (`hurry`) sends the last words without waiting.
   * @param {Entry} entry @param {boolean} [hurry]
   */
  #send(entry, hurry = false) {
    if (entry.dirtySince === null || entry.theirs || (entry.flying.length && !hurry)) return;
    if (this.lost || !this.line.reaches(this)) return;
    window.clearTimeout(entry.timer);
    const now = performance.now();
    const sent = { seq: this.line.nextSeq(), value: entry.value, first: now, last: now };
    entry.dirtySince = null;
    entry.urgent = false;
    entry.flying.push(sent);
    this.#keepDraft(entry);
    this.#post(entry, sent);
    this.line.refresh();
  }

  /** @param {Entry} entry @param {{seq: number, value: any, last: number}} sent */
  #post(entry, sent) {
    sent.last = performance.now();
    const { record, question, item, kept } = entry;
    const content = { seq: sent.seq, page: this.line.page, record_id: record, question, item, value: sent.value };
    if (this.send({ type: "reply", ...content, base_revision: kept.revision })) this.line.asked(this);
  }

  /** Sends a reply now, if it changed. @param {Entry} entry */
  sendNow(entry) {
    if (entry.dirtySince !== null) this.#schedule(entry, true, false);
  }

  /**
   * Words begun beside a reply that belong to it only once the person says where (a card of one's own without
   * a pile): never sent, kept in this browser until then.
   * @param {Entry} entry @param {string} text
   */
  jot(entry, text) {
    entry.jot = text;
    const which = { workbook: this.workbook, record: entry.record, question: entry.question + JOT_MARK, item: entry.item, post: this.id };
    if (text) this.line.drafts.put({ ...which, value: text, base: 0, unsure: [], at: Date.now() });
    else this.line.drafts.remove(which);
  }

  /** Whether a draft from elsewhere can be taken up: nothing here waits for that reply. @param {import("./drafts.js").Draft} draft */
  isFree(draft) {
    const entry = this.entry(draft.record, plainQuestion(draft), draft.item);
    return isJot(draft) ? !entry.jot : isSettled(entry);
  }

  /** Sends every changed reply now. @param {boolean} [hurry] */
  flush(hurry = false) {
    for (const entry of this.entries.values()) this.#send(entry, hurry);
  }

  /** Sends again what was not answered: the kernel takes each once. */
  resend() {
    for (const entry of this.entries.values()) {
      for (const sent of entry.flying) this.#post(entry, sent);
      if (entry.problem && entry.again) this.#retry(entry);
      else this.#send(entry);
    }
  }

  /** Called every second. @param {number} now */
  tick(now) {
    if (this.lost || !this.line.reaches(this)) return;
    for (const entry of this.entries.values()) {
      for (const sent of entry.flying) if (now - sent.last >= RESEND_MS) this.#post(entry, sent);
      if (entry.dirtySince !== null && now - entry.dirtySince > 2 * LONGEST_WAIT_MS) this.#send(entry);
    }
  }

  /** @param {Entry} entry */
  #retry(entry) {
    entry.dirtySince ??= performance.now();
    this.#send(entry);
  }

  /** @param {Record<string, any>} message */
  hear(message) {
    const found = [...this.entries.values()].find((entry) => entry.flying.some((sent) => sent.seq === message.seq));
    if (!found) return; // answered before
    const [sent] = found.flying.splice(found.flying.findIndex((one) => one.seq === message.seq), 1);
    if (message.type === "kept") {
      this.line.onDisk = message.on_disk !== false;
      this.#kept(found, { value: sent.value, revision: message.revision, made_at: message.made_at });
    } else if (message.type === "refused") this.#refused(found, message);
    else this.#clashed(found, sent.value, message.theirs);
    if (found.carried && (found.theirs || (found.problem !== null && !found.again))) {
      this.#layDown(found);
      return;
    }
    // What was written while this one was on its way goes next.
    if (found.dirtySince !== null) this.#schedule(found, found.urgent || performance.now() - found.dirtySince >= PAUSE_MS, false);
    this.#keepDraft(found);
    this.#tell(found, "state");
  }

  /** @param {Entry} entry @param {Kept} kept */
  #kept(entry, kept) {
    entry.kept = kept;
    entry.unsure = [];
    entry.problem = null;
    entry.theirs = null;
    entry.carried = null;
    this.line.kept(kept.made_at);
  }

  /** @param {Entry} entry @param {Record<string, any>} message */
  #refused(entry, message) {
    entry.problem = String(message.sentence ?? "");
    entry.again = Boolean(message.again);
    if (entry.again) {
      window.clearTimeout(entry.timer);
      entry.timer = window.setTimeout(() => this.#retry(entry), TRY_REFUSED_MS);
    }
  }

  /** @param {Entry} entry @param {any} sentValue @param {Kept} theirs */
  #clashed(entry, sentValue, theirs) {
    if (sameReply(theirs.value, sentValue) || sameReply(theirs.value, entry.value)) {
      this.#kept(entry, theirs); // both wrote the same
    } else if (entry.unsure.some((value) => sameReply(value, theirs.value))) {
      // What the kernel has is what an earlier page of ours sent: these words follow on it.
      this.#rebase(entry, theirs);
    } else if (entry.unsure.some((value) => sameReply(value, entry.value)) && goesOn(theirs.value, entry.value)) {
      // These words had arrived, and were gone on with in another page before this one took them up.
      this.#kept(entry, theirs);
      entry.value = theirs.value;
      entry.dirtySince = null;
      this.#tell(entry, "value");
    } else if (entry.kind === "repeat") {
      const merged = mergeItems(entry.kept.value, entry.value, theirs.value);
      this.#rebase(entry, theirs);
      this.change(entry, merged, { now: true });
    } else {
      entry.theirs = theirs;
      entry.dirtySince ??= performance.now();
    }
  }

  /** @param {Entry} entry @param {Kept} kept */
  #rebase(entry, kept) {
    entry.kept = kept;
    entry.unsure = [];
    entry.problem = null;
    entry.theirs = null;
    entry.dirtySince ??= performance.now();
  }

  /**
   * What the kernel shows. It never goes over words that are not yet acknowledged: those are sent on the
   * revision they were written on, and a newer one then shows itself as a clash.
   * @param {string} record @param {Record<string, Kept>} replies By `<question>` or `<question>#<item>`.
   */
  merge(record, replies) {
    for (const [name, kept] of Object.entries(replies)) {
      const [question, item] = name.split("#");
      const entry = this.entry(record, question, item === undefined ? null : Number(item));
      if (!isSettled(entry) || kept.revision < entry.kept.revision) continue;
      // The kernel's form of the same words (a space less at the end) must not move under a writing hand.
      const changed = !sameReply(entry.value, kept.value);
      entry.kept = kept;
      if (changed) {
        entry.value = kept.value;
        this.#tell(entry, "value");
      }
    }
  }

  /**
   * Hands over, for a page that is not open, what was written there and never arrived. What the person has to decide
   * is laid down again, and waits for that page.
   * @param {import("./drafts.js").Draft} draft
   */
  carry(draft) {
    this.entry(draft.record, draft.question, draft.item).carried = draft;
    this.takeUp(draft, "");
  }

  /** @param {Entry} entry */
  #layDown(entry) {
    const draft = /** @type {import("./drafts.js").Draft} */ (entry.carried);
    window.clearTimeout(entry.timer);
    this.entries.delete(entry.key);
    this.left.add(entry.key);
    this.line.drafts.leave(draft);
    this.line.refresh();
  }

  /**
   * The person chose between two versions.
   * @param {Entry} entry @param {"mine" | "theirs" | "both"} choice
   */
  resolve(entry, choice) {
    const theirs = entry.theirs;
    if (!theirs) return;
    if (choice === "theirs") {
      entry.value = theirs.value;
      entry.kept = theirs;
      entry.unsure = [];
      entry.problem = null;
      entry.theirs = null;
      entry.dirtySince = null;
    } else {
      const value = choice === "both" ? joinReplies(entry.kind, entry.value, theirs.value) : entry.value;
      this.#rebase(entry, theirs);
      entry.value = value;
      entry.at = Date.now();
      this.#send(entry);
    }
    this.#keepDraft(entry);
    this.#tell(entry, "value");
  }

  /**
   * Takes up what a page that is gone could not hand over.
   * @param {import("./drafts.js").Draft} draft @param {string} kind
   */
  takeUp(draft, kind) {
    const entry = this.entry(draft.record, plainQuestion(draft), draft.item, kind);
    if (isJot(draft)) {
      entry.jot = draft.value;
      this.#tell(entry, "value");
      return;
    }
    // It had been sent, it arrived, and was gone on with since: to show it now would take the newer words away.
    const arrived = draft.base < entry.kept.revision && draft.unsure.some((value) => sameReply(value, draft.value));
    if (arrived && goesOn(entry.kept.value, draft.value)) {
      this.#keepDraft(entry);
      return;
    }
    const follows = draft.base === entry.kept.revision || draft.unsure.some((value) => sameReply(value, entry.kept.value));
    if (!sameReply(draft.value, entry.kept.value)) {
      const there = entry.kept;
      entry.value = draft.value;
      entry.at = draft.at;
      entry.unsure = draft.unsure;
      entry.dirtySince = performance.now();
      if (follows) {
        this.#send(entry);
      } else if (kind === "repeat") {
        entry.value = mergeItems(null, draft.value, there.value);
        this.#send(entry);
      } else {
        // The kernel compares it with what is on disk, which may be newer than what this page was shown.
        entry.kept = { ...there, revision: draft.base };
        this.#send(entry);
      }
    }
    this.#keepDraft(entry);
    this.#tell(entry, "value");
  }
}
