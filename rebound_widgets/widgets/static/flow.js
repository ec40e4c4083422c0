// The flow: one stream from stage to stage in the frame every picture has.

import { make } from "./lib/dom.js";
import { languageOf } from "./lib/locale.js";
import { PlotFrame, widthOf } from "./lib/plot.js";
import { openView } from "./lib/view.js";
import { FLOW_ACROSS, FLOW_NODE, flowAcross, flowDown } from "./flow_layout.js";

const FLOW_FONT = 13;

class FlowPicture {
  /** @param {PlotFrame} frame @param {any} shown */
  constructor(frame, shown) {
    this.frame = frame;
    this.words = shown.words;
    /** @type {import("./flow_layout.js").FlowStage[]} */
    this.stages = shown.spec.stages;
    this.number = new Intl.NumberFormat(languageOf(frame.figure));
    frame.show({
      title: shown.title,
      counts: [shown.counts, shown.interval].filter(Boolean).join(/[.:]$/.test(shown.counts) ? " " : " · "),
      empty: this.stages.length ? "" : shown.empty || this.words.empty,
      source: shown.source,
      summary: this.words.see_numbers,
      alt: shown.alt || shown.title,
      table: this.stages.length ? () => shown.table ?? this.table() : null,
    });
    frame.legend.hidden = true;
  }

  table() {
    const rows = this.stages.flatMap((stage) => [
      [stage.label, "", stage.value],
      ...stage.exits.map((exit) => [stage.label, exit.label, exit.value]),
    ]);
    return { columns: [this.words.column_what, this.words.column_group, this.words.column_value], rows };
  }

  /** @param {import("./flow_layout.js").FlowPart} part */
  said(part) {
    return part.text ?? this.number.format(part.value);
  }

  draw() {
    const { stages, frame } = this;
    if (!stages.length) return;
    const family = getComputedStyle(frame.svg).fontFamily;
    const wide = (/** @type {string} */ words, weight = 400) => widthOf(words, FLOW_FONT, family, weight);
    const last = stages[stages.length - 1];
    const ends = [...last.exits, ...(stages.length > 1 ? stages[stages.length - 2].exits : [])];
    const tail = Math.max(...[last, ...ends].map((part) => Math.max(wide(part.label, 600), wide(this.said(part))))) + FLOW_NODE + 18;
    const inside = stages.slice(0, -1).flatMap((stage) => stage.exits);
    const label = Math.max(...[...stages, ...inside].map((part) => Math.max(wide(part.label, 600), wide(this.said(part)))));
    const columns = stages.length - (last.exits.length ? 0 : 1);
    const lies = frame.width >= FLOW_ACROSS && (frame.width - tail) / Math.max(columns, 1) > label + FLOW_NODE + 14;
    const { boxes, ways, height } = lies ? flowAcross(stages, frame.width, tail) : flowDown(stages, frame.width);
    const flip = getComputedStyle(frame.svg).direction === "rtl";
    const mirror = flip ? `translate(${frame.width} 0) scale(-1 1)` : null;
    const shapes = make(
      "svg:g",
      { transform: mirror },
      ...ways.map(({ d, tone }) => make("svg:path", { class: `rb-flow-way rb-tone-${tone}`, d })),
      ...boxes.map((box) => this.bar(box)),
    );
    const texts = boxes.flatMap((box) => this.label(box, lies, flip, wide));
    frame.place(height, [shapes, ...texts], boxes.map((box) => this.stop(box, lies, flip)));
  }

  /** @param {import("./flow_layout.js").FlowBox} box */
  bar({ kind, part, x, y, width, height }) {
    const look = kind === "stage" ? "rb-flow-stage" : `rb-flow-exit rb-tone-${part.tone ?? "quiet"}`;
    return make("svg:rect", { class: look, x, y, width, height: Math.max(height, 2), rx: 2 });
  }

  /**
   * A bar's words: above a stage, beside an exit.
   * @param {import("./flow_layout.js").FlowBox} box @param {boolean} lies @param {boolean} flip
   * @param {(words: string, weight?: number) => number} wide
   */
  label({ kind, part, from, x, y, width, height }, lies, flip, wide) {
    const at = (/** @type {number} */ left) => (flip ? this.frame.width - left : left);
    const put = (/** @type {string} */ look, /** @type {number} */ left, /** @type {number} */ baseline, /** @type {string} */ words) =>
      make("svg:text", { class: look, x: at(left), y: baseline }, words);
    const said = this.said(part);
    if (kind === "exit") {
      const middle = y + height / 2;
      const left = x + width + 9;
      return [put("rb-flow-label", left, middle - 2, part.label), put("rb-flow-count", left, middle + 15, said)];
    }
    if (!lies) return [put("rb-flow-label", 0, y - 8, part.label), put("rb-flow-count", wide(part.label, 600) + 8, y - 8, said)];
    const left = from === 0 ? 0 : x;
    return [put("rb-flow-label", left, y - 26, part.label), put("rb-flow-count", left, y - 9, said)];
  }

  /** @param {import("./flow_layout.js").FlowBox} box @param {boolean} lies @param {boolean} flip @returns {import("./lib/plot.js").Place} */
  stop({ kind, part, x, y, width, height }, lies, flip) {
    const roomy = kind === "exit" ? { x: x - 4, y: y + height / 2 - 19, width: width + 110, height: 38 } : { x: x - 4, y: y - 8, width: Math.max(width, 24) + 8, height: height + 16 };
    const tall = Math.max(roomy.height, height + 8);
    const area = { ...roomy, y: Math.min(roomy.y, y - 4), height: tall, width: Math.min(roomy.width, this.frame.width - Math.max(roomy.x, 0)) };
    const left = Math.max(flip ? this.frame.width - area.x - area.width : area.x, 0);
    return { ...area, x: left, atX: left + Math.min(area.width / 2, 20), atY: y, title: part.label, lines: [this.said(part)] };
  }
}

function renderFlow(/** @type {any} */ given) {
  /** @type {FlowPicture | null} */
  let picture = null;
  const view = openView(given, "flow", {
    show(shown) {
      picture = null;
      picture = new FlowPicture(frame, shown);
      picture.draw();
    },
    end: () => frame.end(),
  });
  const frame = new PlotFrame(view.root, () => picture?.draw());
  return view.end;
}

export default { render: renderFlow };
