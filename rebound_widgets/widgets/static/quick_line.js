import { fill, freshId, make } from "./lib/dom.js";
import { isWriting } from "./lib/hand.js";
import { LineDraft } from "./lib/line_draft.js";
import { openView } from "./lib/view.js";

const TRY_PAUSE_MS = 200;
const ANSWER_WAIT_MS = 4000;

/** @param {{model: any, el: HTMLElement, signal?: AbortSignal}} given */
function renderQuickLine(given) {
  /** @type {Record<string, string>} */
  let words = {};
  const id = freshId("quick");
  let seq = 0;
  let timer = 0;
  let waiting = 0;
  /** What was sent to be kept: the same line sent again has the same ticket, so that it is kept once.
   * @type {{seq: number, line: string, ticket: string} | null} */
  let sent = null;
  /** The line kept last, perhaps under a view that was left before it heard of it. */
  let last = "";
  const label = make("label", { class: "rb-label", for: id });
  const hint = make("p", { class: "rb-hint", id: `${id}-hint` });
  const input = make("input", {
    class: "rb-input",
    id,
    type: "text",
    dir: "auto",
    maxlength: 500,
    autocomplete: "off",
    "aria-describedby": `${id}-hint ${id}-said`,
    onfocus: () => said.classList.add("rb-quick-room"),
    onblur: () => timer && ask(), // whatever is pressed next finds the line read to its end
    oninput: () => {
      draft.write(input.value);
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, TRY_PAUSE_MS);
    },
  });
  const keep = make("button", { class: "rb-button", type: "submit" });
  const said = make("div", { class: "rb-quick-said", id: `${id}-said`, role: "status" });
  function ask() {
    window.clearTimeout(timer);
    timer = 0;
    seq += 1;
    view.say({ type: "try", seq, line: input.value });
  }
  /** @param {string} sentence @param {string} [className] */
  function say(sentence, className = "rb-hint") {
    said.replaceChildren(...(sentence ? [make("p", { class: className }, sentence)] : []));
  }
  /** @param {any} message */
  function understood(message) {
    input.removeAttribute("aria-invalid");
    if (!input.value.trim()) return say("");
    if (message.sentence) return say(message.sentence);
    if (!message.parts.length && !message.left_over && !message.note) return say("");
    const parts = message.parts.map((/** @type {string[]} */ [name, text]) => make("div", null, make("dt", null, name), make("dd", { dir: "auto" }, text)));
    said.replaceChildren(
      make("p", { class: "rb-hidden" }, words.understood),
      make("dl", { class: "rb-quick-parts" }, ...parts),
      message.left_over ? make("p", { class: "rb-hint" }, fill(words.left_over, { words: message.left_over })) : "",
      message.note ? make("p", { class: "rb-hint" }, message.note) : "",
    );
  }
  /** The line is on disk. What was typed since stays in the field. @param {any} message */
  function kept(message) {
    const same = input.value === sent?.line;
    sent = null;
    input.removeAttribute("aria-invalid");
    say(message.sentence, "rb-quick-kept");
    if (!same) return;
    empty();
    if (!isWriting()) input.focus();
  }
  function empty() {
    window.clearTimeout(timer);
    timer = 0;
    input.value = "";
    draft.write("");
  }
  function submit() {
    window.clearTimeout(timer);
    timer = 0;
    window.clearTimeout(waiting);
    const line = input.value;
    if (!line.trim()) {
      input.focus();
      return;
    }
    seq += 1;
    sent = { seq, line, ticket: sent?.line === line ? sent.ticket : freshId("ticket") };
    const late = () => say(words.no_answer, "rb-problem");
    if (view.say({ type: "keep", seq, ticket: sent.ticket, line })) waiting = window.setTimeout(late, ANSWER_WAIT_MS);
    else late();
  }
  const draft = new LineDraft((text) => {
    if (input.value || text === last) return false;
    input.value = text;
    ask();
    return true;
  });
  const form = make(
    "form",
    {
      class: "rb-quick",
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        submit();
      },
    },
    label,
    hint,
    make("div", { class: "rb-quick-row" }, input, keep),
    said,
  );
  const view = openView(given, "quick-line", {
    show(message) {
      words = message.words;
      if (message.name) form.dataset.question = message.name; // so that a page loaded anew finds the field again
      last = message.kept;
      draft.open(message.workbook, message.name);
      label.textContent = words.label;
      hint.textContent = words.hint;
      keep.textContent = words.keep;
      keep.classList.toggle("rb-button-plain", message.kind === "plain");
    },
    understood: (message) => message.seq === seq && understood(message),
    taken(message) {
      if (input.value !== message.line) return;
      empty();
      say("");
    },
    kept(message) {
      if (message.seq !== sent?.seq) return;
      window.clearTimeout(waiting);
      kept(message);
    },
    refused(message) {
      if (message.seq !== sent?.seq) return;
      window.clearTimeout(waiting);
      sent = null;
      input.setAttribute("aria-invalid", "true");
      say(message.sentence, "rb-problem");
    },
    end() {
      draft.end();
      window.clearTimeout(timer);
      timer = 0;
      window.clearTimeout(waiting);
    },
  });
  view.root.append(make("section", { class: "rb-card" }, form));
  return view.end;
}

export default { render: renderQuickLine };
