import { fill, freshId, make } from "./lib/dom.js";

const TRY_PAUSE_MS = 200;
const ANSWER_WAIT_MS = 4000;

/** @param {{model: any, el: HTMLElement}} context */
function renderQuickLine({ model, el }) {
  /** @type {Record<string, string>} */
  let words = {};
  const id = freshId("quick");
  let seq = 0;
  let ready = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  let ticket = freshId("ticket");
  const label = make("label", { class: "rb-label", for: id });
  const hint = make("p", { class: "rb-hint", id: `${id}-hint` });
  const input = make("input", {
    class: "rb-input",
    id,
    type: "text",
    maxlength: 500,
    autocomplete: "off",
    "aria-describedby": `${id}-hint ${id}-said`,
    oninput: () => {
      clearTimeout(timer);
      timer = setTimeout(ask, TRY_PAUSE_MS);
    },
  });
  const keep = make("button", { class: "rb-button", type: "submit" });
  const said = make("div", { class: "rb-quick-said", id: `${id}-said`, role: "status" });
  function ask() {
    seq += 1;
    model.send({ type: "try", seq, line: input.value });
  }
  /** @param {string} sentence @param {string} [className] */
  function say(sentence, className = "rb-hint") {
    said.replaceChildren(...(sentence ? [make("p", { class: className }, sentence)] : []));
  }
  /** @param {any} message */
  function understood(message) {
    ready = message.ready;
    if (!input.value.trim()) return say("");
    if (message.sentence) return say(message.sentence);
    const parts = message.parts.map(([name, text]) => make("div", null, make("dt", null, name), make("dd", null, text)));
    said.replaceChildren(
      make("p", { class: "rb-hidden" }, words.understood),
      make("dl", { class: "rb-quick-parts" }, ...parts),
      message.left_over ? make("p", { class: "rb-hint" }, fill(words.left_over, { words: message.left_over })) : "",
    );
  }
  /** @param {any} message */
  function receive(message) {
    if (message.type === "show") {
      words = message.words;
      label.textContent = words.label;
      hint.textContent = words.hint;
      keep.textContent = words.keep;
      return;
    }
    if (message.seq !== seq) return;
    if (message.type !== "understood") clearTimeout(waiting);
    if (message.type === "understood") understood(message);
    if (message.type === "refused") {
      input.setAttribute("aria-invalid", "true");
      say(message.sentence, "rb-problem");
    }
    if (message.type === "kept") {
      input.value = "";
      ticket = freshId("ticket");
      input.removeAttribute("aria-invalid");
      say(message.sentence, "rb-quick-kept");
      input.focus();
    }
  }
  const form = make(
    "form",
    {
      class: "rb-quick",
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        clearTimeout(timer);
        if (!input.value.trim()) return input.focus();
        seq += 1;
        model.send({ type: "keep", seq, ticket, line: input.value });
        clearTimeout(waiting);
        waiting = setTimeout(() => say(words.no_answer, "rb-problem"), ANSWER_WAIT_MS);
      },
    },
    label,
    hint,
    make("div", { class: "rb-quick-row" }, input, keep),
    said,
  );
  el.classList.add("rb");
  el.append(make("section", { class: "rb-card" }, form));
  model.on("msg:custom", receive);
  model.send({ type: "hello" });
  return () => {
    clearTimeout(timer);
    clearTimeout(waiting);
    model.off("msg:custom", receive);
    el.replaceChildren();
  };
}

export default { render: renderQuickLine };
