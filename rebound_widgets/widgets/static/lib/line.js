// The one line between this page and its kernels, shared by every exercise of the page: it numbers messages,
// keeps the heartbeat, and says whether everything is on disk.

import { Drafts } from "./drafts.js";
import { fill } from "./dom.js";
import { Outbox } from "./outbox.js";
import { Wire } from "./wire.js";

const LINE_MARK = Symbol.for("rebound.line");
const TICK_MS = 1000;
const ADOPT_EVERY_MS = 3000; // a page that was closed a moment ago may hold its lock a little longer

/**
 * @typedef {object} Status
 * @property {"saved" | "saving" | "offline" | "refused"} state
 * @property {string | null} at When something was last saved, ISO 8601.
 * @property {string} sentence What to show.
 * @property {"again" | "reload" | null} action What a button could do about it; send "rebound:again" for either.
 */

/** @param {Date} moment @returns {string} Such as 14:03. */
function clockTime(moment) {
  return `${moment.getHours()}`.padStart(2, "0") + ":" + `${moment.getMinutes()}`.padStart(2, "0");
}

class Line {
  constructor() {
    this.page = `page-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 12)}`;
    this.drafts = new Drafts(this.page);
    this.seq = 0;
    this.posts = 0;
    /** @type {Map<Outbox, {wire: Wire, words: Record<string, string>, hello: () => void, adopt: () => void}>} */
    this.members = new Map();
    /** @type {Map<any, Wire>} */
    this.wires = new Map();
    /** @type {string | null} */
    this.savedAt = null;
    /** Whether the last thing kept is on disk, or only in a notebook's memory. */
    this.onDisk = true;
    /** @type {Record<string, string> | null} */
    this.words = null;
    /** @type {Status | null} */
    this.status = null;
    this.lastAdoptAt = performance.now();
    window.setInterval(() => this.#tick(), TICK_MS);
    this.#watchPage();
  }

  #watchPage() {
    const leaving = () => {
      for (const outbox of this.members.keys()) outbox.flush(true);
      this.drafts.flush();
    };
    window.addEventListener("pagehide", leaving);
    window.addEventListener("freeze", leaving);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") leaving();
      else this.lastAdoptAt = -Infinity; // another page may be gone since: its last words are looked for at once
    });
    window.addEventListener("online", () => this.#reconnect());
    window.addEventListener("rebound:again", () => this.again());
    window.addEventListener("beforeunload", (event) => {
      // Only where leaving would lose words: not on disk, and this browser keeps no copy.
      if (this.drafts.safe || [...this.members.keys()].every((outbox) => outbox.settled)) return;
      event.preventDefault();
    });
  }

  #tick() {
    const now = performance.now();
    for (const wire of this.wires.values()) wire.tick(now);
    for (const outbox of this.members.keys()) outbox.tick(now);
    if (now - this.lastAdoptAt >= ADOPT_EVERY_MS) {
      this.lastAdoptAt = now;
      for (const member of this.members.values()) member.adopt();
    }
    this.refresh();
  }

  nextSeq() {
    this.seq += 1;
    return this.seq;
  }

  nextPost() {
    this.posts += 1;
    return this.posts;
  }

  /**
   * An exercise takes part.
   * @param {Outbox} outbox @param {any} manager The widget manager it belongs to.
   * @param {{hello: () => void, adopt: () => void}} does Says hello to the kernel; looks for drafts nobody keeps.
   * @returns {() => void} Ends it.
   */
  join(outbox, manager, does) {
    const held = manager ?? this;
    let wire = this.wires.get(held);
    if (!wire) {
      wire = new Wire(manager, { changed: () => this.refresh(), returned: (one) => this.#returned(one) });
      this.wires.set(held, wire);
    }
    wire.speakers.add(outbox);
    this.members.set(outbox, { wire, words: {}, ...does });
    return () => {
      wire.speakers.delete(outbox);
      this.members.delete(outbox);
      this.refresh();
    };
  }

  /** The words this exercise was given; the line speaks with the newest. @param {Outbox} outbox @param {Record<string, string>} words */
  speakWith(outbox, words) {
    const member = this.members.get(outbox);
    if (!member) return;
    member.words = words;
    this.words = words;
    this.refresh();
  }

  /** @param {Wire} wire */
  #returned(wire) {
    for (const [outbox, member] of this.members) {
      if (member.wire !== wire || outbox.lost) continue;
      member.hello(); // what was written elsewhere meanwhile
      outbox.resend();
    }
  }

  #reconnect() {
    for (const wire of this.wires.values()) if (!wire.reachable) wire.reconnect();
  }

  /** The person pressed the button: try everything now, or load the page anew where only that helps. */
  again() {
    if (this.status?.action === "reload") {
      this.drafts.flush();
      window.location.reload();
      return;
    }
    this.#reconnect();
    for (const outbox of this.members.keys()) outbox.resend();
  }

  /** Removes all drafts of this browser: the end of a visit on a machine that others use. */
  forget() {
    this.drafts.forget();
  }

  /** Whether the kernel of this exercise can be reached. @param {Outbox} outbox */
  reaches(outbox) {
    return this.members.get(outbox)?.wire.reachable ?? false;
  }

  /** @param {Outbox} outbox */
  asked(outbox) {
    this.members.get(outbox)?.wire.asked();
  }

  /** @param {Outbox} outbox */
  heard(outbox) {
    this.members.get(outbox)?.wire.heard();
  }

  /** Whether an exercise of this page still looks after its drafts. @param {number} post */
  looksAfter(post) {
    return [...this.members.keys()].some((outbox) => outbox.id === post && !outbox.lost);
  }

  /** Something is kept. @param {string | null} madeAt */
  kept(madeAt) {
    const moment = new Date(madeAt ?? Date.now()).toISOString();
    // Words that were on disk already keep their older moment; the line never goes back.
    if (!this.savedAt || moment > this.savedAt) this.savedAt = moment;
  }

  /** Works out where things stand and says so when it changed. */
  refresh() {
    if (!this.words) return; // nothing is shown yet
    const status = this.#where(this.words);
    if (JSON.stringify(status) === JSON.stringify(this.status)) return;
    this.status = status;
    window.dispatchEvent(new CustomEvent("rebound:status", { detail: status }));
  }

  /** @param {Record<string, string>} words @returns {Status} */
  #where(words) {
    const say = (/** @type {string} */ key, facts = {}) => fill(words[key] ?? "", facts);
    const all = [...this.members];
    const settled = all.every(([outbox]) => outbox.settled);
    const at = this.savedAt;
    /** @type {(state: Status["state"], sentence: string, action?: Status["action"]) => Status} */
    const is = (state, sentence, action = null) => ({ state, at, sentence, action });

    const lost = all.find(([outbox]) => outbox.lost);
    if (lost?.[1].wire.inNotebook) return is("offline", say("lost_notebook"));
    if (lost) return this.drafts.safe || settled ? is("offline", say("lost"), "reload") : is("offline", say("lost_unstored"));
    if (all.some(([outbox, { wire }]) => !wire.reachable || outbox.unanswered)) {
      return is("offline", this.drafts.safe || settled ? say("offline") : say("offline_unstored"), "again");
    }
    const entries = all.flatMap(([outbox]) => [...outbox.entries.values()]);
    if (entries.some((entry) => entry.theirs)) return is("refused", say("two_versions"));
    if (entries.some((entry) => entry.problem !== null)) return is("refused", say("refused"));
    // Beside a page that leaves no trace, "Saved 14:03" would be said of words that are saved nowhere.
    const traceless = entries.some((entry) => entry.memory !== null);
    if (!settled) return is("saving", this.drafts.safe ? say("saving") : say("saving_unstored"));
    if (traceless) return is("saved", say("traceless"));
    if (!at) return is("saved", say("ready"));
    const time = clockTime(new Date(at));
    return is("saved", say(this.onDisk ? "saved" : "received", { time }));
  }
}

/** @returns {Line} The line of this page, made by whoever asks first. */
export function pageLine() {
  const page = /** @type {any} */ (globalThis);
  page[LINE_MARK] ??= new Line();
  return page[LINE_MARK];
}

/** @param {any} line @param {(content: Record<string, any>) => boolean} send @returns {Outbox} */
export function openOutbox(line, send) {
  return new Outbox(line, send);
}
