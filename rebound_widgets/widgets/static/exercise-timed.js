// A private page against a calm clock. Before the first key it asks whether to keep what is written.

import { textField } from "./exercise-text.js";
import { freshId, make } from "./lib/dom.js";

const MINUTE_MS = 60000;

/** A clock in words that starts with the first key and never hurries. */
class CalmClock {
  /** @param {import("./exercise-page.js").Desk} desk @param {number} minutes */
  constructor(desk, minutes) {
    this.desk = desk;
    this.minutes = minutes;
    this.started = 0;
    this.timer = 0;
    this.node = make("p", { class: "rb-clock" }, desk.say("clock_before", { minutes }));
  }

  start() {
    if (this.started) return;
    this.started = performance.now();
    this.timer = window.setInterval(() => this.show(), MINUTE_MS / 4);
    this.show();
  }

  show() {
    const left = Math.ceil(this.minutes - (performance.now() - this.started) / MINUTE_MS);
    if (left > 0) {
      this.node.textContent = this.desk.count("clock_left", left, { minutes: this.minutes });
      return;
    }
    this.stop();
    this.node.textContent = this.desk.say("clock_over", { minutes: this.minutes });
    this.desk.announce(this.node.textContent);
  }

  stop() {
    window.clearInterval(this.timer);
  }
}

/** Kept out of the browser's memory as far as a page can. */
const TRACELESS = { "autocomplete": "off", "spellcheck": "false", "autocorrect": "off", "writingsuggestions": "false", "data-gramm": "false", "data-lpignore": "true" };

class TimedPage {
  /** @param {import("./exercise-question.js").Place} place */
  constructor(place) {
    this.place = place;
    this.node = make("div", { class: "rb-timed" });
    /** @type {"ask" | "keep" | "traceless"} */
    this.mode = "ask";
    /** @type {CalmClock | null} */
    this.clock = null;
    /** @type {any} */
    this.text = null;
    // Leaving is part of the promise: a page kept for the back button must not bring the words back.
    this.leaving = () => this.mode === "traceless" && this.write("traceless", false);
    window.addEventListener("pagehide", this.leaving);
  }

  /** @param {any} value */
  show(value) {
    if (this.mode === "traceless") return; // what the kernel has is none of this page's business now
    const { memory } = this.place.entry;
    if (memory !== null) {
      // Drawn anew while somebody writes: the words were in the page's memory and stay there.
      this.write("traceless", false);
      this.text.show(memory);
      this.place.entry.memory = memory;
      return;
    }
    if (value !== null && this.mode === "ask") this.write("keep", false);
    else if (this.mode === "ask") this.ask();
    if (this.mode === "keep") this.text.show(value);
  }

  ask() {
    const { say } = this.place.desk;
    const way = (/** @type {"keep" | "traceless"} */ mode, /** @type {string} */ title, /** @type {string} */ words) => {
      const id = freshId("way");
      const button = make("button", { "type": "button", "class": "rb-button rb-button-plain", "aria-describedby": id, "onclick": () => this.write(mode, true) }, title);
      return make("div", { class: "rb-way" }, button, make("p", { class: "rb-hint", id }, words));
    };
    this.node.replaceChildren(
      make("p", { class: "rb-timed-ask" }, say("timed_ask")),
      make("div", { class: "rb-ways" }, way("keep", say("timed_keep"), say("timed_keep_hint")), way("traceless", say("timed_traceless"), say("timed_traceless_hint"))),
    );
  }

  /**
   * Opens the page for writing. A new field each time: an emptied one still remembers its text for "undo".
   * @param {"keep" | "traceless"} mode @param {boolean} focus
   */
  write(mode, focus) {
    const { desk, question, labelId, entry } = this.place;
    this.mode = mode;
    entry.memory = mode === "traceless" ? "" : null;
    this.clock ??= new CalmClock(desk, question.minutes ?? 15);
    const wrote = (/** @type {string} */ words, /** @type {boolean} */ composing) => {
      this.clock?.start();
      if (this.mode === "keep") this.place.change(words || null, { composing });
      else this.place.entry.memory = words;
    };
    const left = () => this.mode === "keep" && this.place.leave();
    const attributes = { "aria-labelledby": labelId, ...(mode === "traceless" ? TRACELESS : { autocomplete: "off" }) };
    this.text = textField({ long: true, rows: 10, attributes }, wrote, left);
    const kept = mode === "keep";
    const state = make("p", { class: "rb-hint" }, desk.say(kept ? "timed_kept" : "timed_untraced"));
    this.node.replaceChildren(...[state, this.clock.node, this.text.field, mode === "traceless" && this.ways()].filter((part) => part !== false));
    if (focus) this.text.field.focus();
    desk.outbox.line.refresh();
  }

  /** What can be done with a page that leaves no trace. */
  ways() {
    const { desk, place } = { desk: this.place.desk, place: this.place };
    const wipe = () => {
      this.write("traceless", true);
      desk.announce(desk.say("timed_wiped"));
    };
    const keep = () => {
      const words = this.text.field.value;
      this.write("keep", false);
      this.text.show(words);
      this.text.field.focus();
      if (words) place.change(words, { now: true });
    };
    return make(
      "div",
      { class: "rb-row rb-timed-ways" },
      make("button", { type: "button", class: "rb-button rb-button-plain", onclick: wipe }, desk.say("timed_wipe")),
      make("button", { type: "button", class: "rb-button rb-button-quiet", onclick: keep }, desk.say("timed_keep_after_all")),
    );
  }

  end() {
    window.removeEventListener("pagehide", this.leaving);
    this.clock?.stop();
    this.node.replaceChildren();
  }
}

/** @param {import("./exercise-question.js").Place} place @returns {import("./exercise-question.js").Control} */
export function drawTimedPage(place) {
  const page = new TimedPage(place);
  return {
    node: page.node,
    inputs: () => [...page.node.querySelectorAll("textarea, button")],
    show: (value) => page.show(value),
    end: () => page.end(),
  };
}
