// A line that is typed and not kept yet, kept in this browser: a page that is loaded anew puts it back.

import { JOT_MARK } from "./entry.js";
import { pageLine } from "./line.js";

const LOOK_AGAIN_MS = 3000; // a page that was closed a moment ago may hold its lock a little longer

export class LineDraft {
  /** @param {(text: string) => boolean} offer Puts a line of a page that is gone into the field; `false` where there is one. */
  constructor(offer) {
    this.offer = offer;
    this.line = pageLine();
    this.post = this.line.nextPost();
    this.which = { workbook: "", record: "", question: "", item: null, post: this.post };
    this.looking = 0;
    this.typed = "";
  }

  /**
   * From now on the line has a name, and what a page that is gone left under it is looked for.
   * @param {string} workbook @param {string} name Without one nothing is kept.
   */
  open(workbook, name) {
    if (!name || this.which.question) return;
    this.which = { ...this.which, workbook, question: name + JOT_MARK };
    this.write(this.typed);
    const adopt = () => void this.#adopt();
    adopt();
    this.looking = window.setInterval(adopt, LOOK_AGAIN_MS);
  }

  /** @param {string} text What stands in the field now. */
  write(text) {
    this.typed = text;
    if (!this.which.question) return;
    if (text) this.line.drafts.put({ ...this.which, value: text, base: 0, unsure: [], at: Date.now() });
    else this.line.drafts.remove(this.which);
  }

  async #adopt() {
    const { workbook, record, question, post } = this.which;
    const wants = (/** @type {any} */ draft) => draft.question === question && !this.typed;
    const kept = (/** @type {number} */ other) => other === post;
    const [found] = await this.line.drafts.adopt(workbook, record, post, wants, kept);
    if (!found) return;
    if (this.offer(found.value)) this.typed = found.value;
    else this.write(this.typed);
  }

  end() {
    window.clearInterval(this.looking);
  }
}
