// Where everything of a flow stands, in numbers: across where there is room, downwards where there is not.

export const FLOW_NODE = 12;
/** Below this width the stream runs down. */
export const FLOW_ACROSS = 620;
const FLOW_ROOM = { across: 190, down: 132 };
const LABEL_LINE = 38;

/**
 * @typedef {{label: string, value: number, text?: string, tone?: string}} FlowPart
 * @typedef {FlowPart & {exits: FlowPart[]}} FlowStage
 * @typedef {object} FlowBox A bar with its words.
 * @property {"stage" | "exit"} kind
 * @property {FlowPart} part
 * @property {number} from The stage's number.
 * @property {number} x
 * @property {number} y
 * @property {number} width
 * @property {number} height
 * @typedef {object} FlowWay A ribbon, as a path.
 * @property {string} d
 * @property {string} tone
 */

/** What is left of a stage and flows on. @param {FlowStage} stage */
function onward(stage) {
  return stage.value - stage.exits.reduce((sum, exit) => sum + exit.value, 0);
}

/** A ribbon between two upright edges. @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @param {number} thick */
function across(x1, y1, x2, y2, thick) {
  const middle = (x1 + x2) / 2;
  return `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}V${y2 + thick}C${middle} ${y2 + thick} ${middle} ${y1 + thick} ${x1} ${y1 + thick}Z`;
}

/**
 * The stream runs across, its stages along the top; what leaves a stage stands below the next one.
 * @param {FlowStage[]} stages @param {number} width @param {number} tail Room for the words at the end.
 * @returns {{boxes: FlowBox[], ways: FlowWay[], height: number}}
 */
export function flowAcross(stages, width, tail) {
  const scale = FLOW_ROOM.across / Math.max(stages[0].value, 1);
  const thick = (/** @type {number} */ value) => Math.max(value * scale, value ? 2 : 0);
  const columns = stages.length + (stages[stages.length - 1].exits.length ? 1 : 0);
  const step = (width - tail - FLOW_NODE) / Math.max(columns - 1, 1);
  const top = 46;
  /** @type {FlowBox[]} */
  const boxes = [];
  /** @type {FlowWay[]} */
  const ways = [];
  let height = 0;
  stages.forEach((stage, from) => {
    const x = from * step;
    boxes.push({ kind: "stage", part: stage, from, x, y: top, width: FLOW_NODE, height: thick(stage.value) });
    const next = x + step;
    const through = onward(stage);
    if (through) ways.push({ d: across(x + FLOW_NODE, top, next, top, thick(through)), tone: "accent" });
    let left = top + thick(through);
    let y = stages[from + 1] ? top + thick(through) + 26 : top;
    for (const exit of [...stage.exits].sort((one, other) => other.value - one.value)) {
      const room = Math.max(thick(exit.value), LABEL_LINE);
      const at = y + (room - thick(exit.value)) / 2;
      ways.push({ d: across(x + FLOW_NODE, left, next, at, thick(exit.value)), tone: exit.tone ?? "quiet" });
      boxes.push({ kind: "exit", part: exit, from, x: next, y: at, width: FLOW_NODE, height: thick(exit.value) });
      left += thick(exit.value);
      y += room + 10;
    }
    height = Math.max(height, y, top + thick(stage.value) + 10);
  });
  return { boxes, ways, height };
}

/** A ribbon that comes down and turns to the side. @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @param {number} thick */
function turn(x1, y1, x2, y2, thick) {
  return `M${x1} ${y1}C${x1} ${y2 + thick} ${x1} ${y2 + thick} ${x2} ${y2 + thick}V${y2}C${x1 + thick} ${y2} ${x1 + thick} ${y2} ${x1 + thick} ${y1}Z`;
}

/**
 * The stream runs down on the left; what leaves a stage turns to the right, one below the other.
 * @param {FlowStage[]} stages @param {number} width
 * @returns {{boxes: FlowBox[], ways: FlowWay[], height: number}}
 */
export function flowDown(stages, width) {
  const room = Math.min(FLOW_ROOM.down, width * 0.36);
  const scale = room / Math.max(stages[0].value, 1);
  const thick = (/** @type {number} */ value) => Math.max(value * scale, value ? 2 : 0);
  const side = room + 26;
  /** @type {FlowBox[]} */
  const boxes = [];
  /** @type {FlowWay[]} */
  const ways = [];
  let y = 24;
  stages.forEach((stage, from) => {
    boxes.push({ kind: "stage", part: stage, from, x: 0, y, width: Math.max(thick(stage.value), 3), height: FLOW_NODE });
    const start = y + FLOW_NODE;
    const through = onward(stage);
    let right = thick(stage.value);
    let down = start + 14;
    // The outermost leaves first, so that no ribbon crosses another.
    for (const exit of [...stage.exits].sort((one, other) => one.value - other.value)) {
      const wide = thick(exit.value);
      const tall = Math.max(wide, LABEL_LINE);
      right -= wide;
      const at = down + (tall - wide) / 2;
      ways.push({ d: turn(right, start, side, at, wide), tone: exit.tone ?? "quiet" });
      boxes.push({ kind: "exit", part: exit, from, x: side, y: at, width: FLOW_NODE, height: wide });
      down += tall + 10;
    }
    const next = down + (stages[from + 1] ? 28 : 4);
    if (through && stages[from + 1]) {
      const wide = thick(through);
      ways.push({ d: `M0 ${start}H${wide}V${next}H0Z`, tone: "accent" });
    }
    y = next;
  });
  return { boxes, ways, height: y };
}
