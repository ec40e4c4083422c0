// Blocks of text, buttons and links: the pieces that Text and Actions are drawn from.

import { confirmFirst } from "./dialog.js";
import { fill, make } from "./dom.js";
import { isWriting } from "./hand.js";

/** @typedef {{words: Record<string, string>, press: (id: any, button: HTMLButtonElement, focus?: string) => void,
 *   say: (sentence: string, state?: string) => void}} BlockContext */

const SAFE_ADDRESS = /^(#|https?:\/\/|mailto:|tel:)/i;

/**
 * A link, or its words alone when the address is of a kind we do not open.
 * @param {string | Node[]} text
 * @param {string} href
 * @param {Record<string, unknown>} attributes
 * @param {BlockContext} context
 * @returns {HTMLElement}
 */
export function safeLink(text, href, attributes, context) {
  const address = href.trim();
  const saved = attributes.download && /^(blob:|data:)/i.test(address);
  if (!SAFE_ADDRESS.test(address) && !saved) return make("span", { class: attributes.class }, ...[text].flat());
  // Leaving the page, even for a mail program, would end its kernel: such links open beside it.
  const away = !address.startsWith("#") && !saved && !/^tel:/i.test(address);
  const attached = away ? { target: "_blank", rel: "noopener noreferrer" } : {};
  const link = make("a", { href: address, ...attributes, ...attached }, ...[text].flat());
  if (away && /^http/i.test(address)) link.append(make("span", { class: "rb-hidden" }, ` (${context.words.new_tab})`));
  return link;
}

/**
 * The text of a block: a string, or parts with links among them.
 * @param {string | any[]} text
 * @param {BlockContext} context
 * @returns {(Node | string)[]}
 */
function drawParts(text, context) {
  const parts = Array.isArray(text) ? text : [text];
  return parts.map((part) => {
    if (typeof part === "string") return part;
    const words = String(part.text);
    if (part.href) return safeLink(words, String(part.href), {}, context);
    if (part.tone === "tag") return make("span", { class: "rb-tag" }, words);
    if (part.strong) return make("strong", null, words);
    return part.tone ? make("span", { class: `rb-part-${part.tone}` }, words) : words;
  });
}

/**
 * One button or link.
 * @param {any} item
 * @param {BlockContext} context
 * @returns {HTMLElement}
 */
function drawAction(item, context) {
  const look = item.kind === "primary" ? "rb-button" : `rb-button rb-button-${item.kind === "quiet" ? "quiet" : "plain"}`;
  const about = item.about ? make("span", { class: "rb-hidden" }, ` ${item.about}`) : null;
  if (item.href && !item.disabled) {
    const link = safeLink(item.label, String(item.href), { class: look, "data-action": item.id, download: item.download }, context);
    if (about) link.append(about);
    return link;
  }
  const press = (/** @type {any} */ event) => {
    const button = event.currentTarget;
    if (button.getAttribute("aria-disabled") === "true") return;
    if (item.copy !== undefined) copyText(String(item.copy), context);
    else if (item.confirm) confirmFirst(button, item.confirm, () => context.press(item.id, button, item.focus));
    else context.press(item.id, button, item.focus);
  };
  return make(
    "button",
    { type: "button", class: look, "data-action": item.id, disabled: Boolean(item.disabled), onclick: press },
    item.label,
    about,
  );
}

/**
 * Copies text and says so.
 * @param {string} text
 * @param {BlockContext} context
 */
async function copyText(text, context) {
  try {
    await navigator.clipboard.writeText(text);
    context.say(context.words.copied);
  } catch {
    context.say(context.words.not_copied, "refused");
  }
}

/**
 * A row of buttons and links.
 * @param {any[]} items
 * @param {BlockContext} context
 * @returns {HTMLElement}
 */
export function drawActions(items, context) {
  return make("div", { class: "rb-row rb-actions-row" }, ...items.map((item) => drawAction(item, context)));
}

/** @param {any} block @param {BlockContext} context @returns {HTMLElement | null} */
function actionsOf(block, context) {
  return block.actions?.length ? drawActions(block.actions, context) : null;
}

/** @param {any} block @param {BlockContext} context */
function drawEntries(block, context) {
  const entry = (/** @type {any} */ item) =>
    make(
      "li",
      null,
      make("span", { class: "rb-entry" }, ...drawParts(item.text, context)),
      item.aside && make("span", { class: item.due ? "rb-aside rb-due" : "rb-aside" }, item.aside),
      actionsOf(item, context),
    );
  return make("ul", { class: "rb-entries" }, ...block.items.map(entry));
}

/** @param {any} block */
function drawTable(block) {
  const numeric = new Set(block.numeric ?? []);
  const cell = (/** @type {string} */ tag, /** @type {any} */ value, /** @type {number} */ place) =>
    make(
      tag,
      { class: numeric.has(place) && "rb-numeric", scope: tag === "th" && "col" },
      value === null || value === undefined ? "" : String(value),
    );
  const table = make(
    "table",
    { class: "rb-plain-table" },
    block.caption && make("caption", null, block.caption),
    make("thead", null, make("tr", null, ...block.columns.map((/** @type {any} */ name, /** @type {number} */ place) => cell("th", name, place)))),
    make(
      "tbody",
      null,
      ...block.rows.map((/** @type {any[]} */ row) => make("tr", null, ...row.map((value, place) => cell("td", value, place)))),
    ),
  );
  // A region that scrolls sideways needs a name and a place in the tab order.
  return make("div", { class: "rb-scroll-x", tabindex: 0, role: "region", "aria-label": block.caption || block.columns.join(", ") }, table);
}

/** @type {Record<string, (block: any, context: BlockContext) => HTMLElement>} */
const DRAW = {
  heading: (block, context) =>
    make(`h${Math.min(Math.max(Number(block.level ?? 2), 1), 4)}`, { id: block.id, tabindex: block.id && -1 }, ...drawParts(block.text, context)),
  paragraph: (block, context) =>
    make("p", { class: block.tone && `rb-${block.tone}` }, ...drawParts(block.text, context)),
  list: (block, context) =>
    make(
      block.ordered ? "ol" : "ul",
      { class: "rb-list" },
      ...block.items.map((/** @type {any} */ item) => make("li", null, ...drawParts(item, context))),
    ),
  entries: drawEntries,
  facts: (block, context) =>
    make(
      "dl",
      { class: "rb-facts" },
      ...block.items.map((/** @type {any} */ item) =>
        make("div", null, make("dt", null, item.term), make("dd", null, ...drawParts(item.text, context))),
      ),
    ),
  quote: (block, context) =>
    make(
      "figure",
      { class: "rb-quote" },
      make("blockquote", null, make("p", null, ...drawParts(block.text, context))),
      block.cite && make("p", { class: "rb-hint" }, block.cite),
    ),
  notice: (block, context) =>
    make(
      "div",
      { class: `rb-notice rb-notice-${block.tone ?? "calm"}`, role: "note" },
      block.title && make("p", { class: "rb-notice-title" }, block.title),
      make("p", null, ...drawParts(block.text, context)),
      actionsOf(block, context),
    ),
  empty: (block, context) =>
    make(
      "div",
      { class: "rb-empty" },
      block.title && make("p", { class: "rb-empty-title" }, block.title),
      make("p", null, ...drawParts(block.text, context)),
      actionsOf(block, context),
    ),
  letter: (block, context) =>
    make(
      "article",
      { "class": "rb-letter", "aria-label": block.subject },
      make("p", { class: "rb-letter-subject" }, block.subject),
      make("div", { class: block.text ? "rb-letter-text" : "rb-letter-text rb-letter-none" }, ...drawParts(block.text || block.none || "", context)),
      block.note && make("p", { class: "rb-hint" }, block.note),
      actionsOf(block, context),
    ),
  status: (block) => make("p", { "class": "rb-status", "data-state": block.state }, block.text),
  table: drawTable,
  more: (block, context) =>
    make("details", { "data-more": block.summary }, make("summary", null, block.summary), ...drawBlocks(block.blocks, context)),
  card: (block, context) =>
    make("section", { class: block.next ? "rb-card rb-card-next" : "rb-card" }, ...drawBlocks(block.blocks, context)),
  actions: (block, context) => drawActions(block.items, context),
};

/**
 * Blocks of text as elements.
 * @param {any[]} blocks
 * @param {BlockContext} context
 * @returns {HTMLElement[]}
 */
export function drawBlocks(blocks, context) {
  return blocks.filter((block) => block.kind in DRAW).map((block) => DRAW[block.kind](block, context));
}

/**
 * Draws into `target` in place of what it held, and puts focus and opened parts back where they were.
 * @param {HTMLElement} target
 * @param {Node[]} nodes
 */
export function redraw(target, nodes) {
  const held = target.contains(document.activeElement);
  const focused = held ? document.activeElement?.getAttribute("data-action") : null;
  const open = new Set([...target.querySelectorAll("details[open]")].map((part) => part.getAttribute("data-more")));
  target.replaceChildren(...nodes);
  for (const part of target.querySelectorAll("details")) part.open = open.has(part.getAttribute("data-more"));
  if (!held) return;
  const same = /** @type {HTMLElement | null} */ (focused && target.querySelector(`[data-action="${CSS.escape(focused)}"]`));
  // Where the pressed button is gone the focus waits at its place, and on no other button: a second press would do that.
  if (!same) target.tabIndex = -1;
  (same ?? target).focus({ preventScroll: true });
}

/** The field of a question takes the focus: what was pressed has put something there. @param {string | undefined} question */
function focusOn(question) {
  if (!question || isWriting()) return;
  const field = document.querySelector(`[data-question="${CSS.escape(question)}"] :is(input, textarea)`);
  /** @type {HTMLElement | null} */ (field)?.focus();
}

const ANSWER_WITHIN_MS = 10000;

/**
 * Presses that wait for the kernel's answer, and the line that says what came of them.
 * @param {(content: Record<string, any>) => boolean} say
 * @returns {{line: HTMLElement, context: BlockContext, done: (message: any) => void,
 *   refused: (message: any) => void, said: (message: any) => void, end: () => void}}
 */
export function pressing(say) {
  /** @type {Map<string, {button: HTMLElement, timer: number, focus?: string}>} */
  const waiting = new Map();
  const line = make("p", { class: "rb-said", role: "status" });
  const tell = (/** @type {string} */ sentence, state = "") => {
    line.textContent = sentence;
    line.dataset.state = state;
  };
  const release = (/** @type {string} */ ticket) => {
    const found = waiting.get(ticket);
    if (!found) return false;
    window.clearTimeout(found.timer);
    found.button.removeAttribute("aria-disabled");
    waiting.delete(ticket);
    return true;
  };
  let count = 0;
  /** @type {BlockContext} */
  const context = {
    words: {},
    say: tell,
    press(id, button, focus) {
      const ticket = String((count += 1));
      const late = () => release(ticket) && tell(context.words.no_answer, "refused");
      const timer = window.setTimeout(late, ANSWER_WITHIN_MS);
      button.setAttribute("aria-disabled", "true"); // not `disabled`: that would throw the focus away
      waiting.set(ticket, { button, timer, focus });
      tell("");
      if (!say({ type: "action", id, ticket })) late();
    },
  };
  const answer = (/** @type {any} */ message, /** @type {string} */ state) => {
    release(message.ticket);
    if (message.sentence) tell(fill(message.sentence, {}), state);
  };
  return {
    line,
    context,
    done(message) {
      focusOn(waiting.get(message.ticket)?.focus);
      answer(message, "");
    },
    refused: (message) => answer(message, "refused"),
    said: (message) => tell(message.sentence),
    end: () => waiting.forEach((found) => window.clearTimeout(found.timer)),
  };
}
