import { freshId, make } from "./lib/dom.js";
import { isWriting } from "./lib/hand.js";
import { openView } from "./lib/view.js";

/** @param {{model: any, el: HTMLElement, signal?: AbortSignal}} given */
function renderPassphrase(given) {
  /** @type {Record<string, string>} */
  let words = {};
  let ticket = "";
  const id = freshId("passphrase");
  const label = make("label", { class: "rb-label", for: id });
  const hint = make("p", { class: "rb-hint", id: `${id}-hint` });
  const input = make("input", {
    class: "rb-input",
    id,
    type: "password",
    maxlength: 500,
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    "aria-describedby": `${id}-hint ${id}-said`,
  });
  const open = make("button", { class: "rb-button", type: "submit" });
  const told = make("span");
  const seen = make("input", {
    type: "checkbox",
    onchange: () => input.setAttribute("type", seen.checked ? "text" : "password"),
  });
  const said = make("div", { class: "rb-quick-said", id: `${id}-said`, role: "status" });
  /** @param {string} sentence @param {string} [className] */
  function say(sentence, className = "rb-hint") {
    said.replaceChildren(...(sentence ? [make("p", { class: className }, sentence)] : []));
  }
  function submit() {
    if (!input.value.trim()) {
      input.focus();
      return;
    }
    ticket = freshId("ticket");
    input.removeAttribute("aria-invalid");
    say(words.busy);
    if (!view.say({ type: "open", ticket, passphrase: input.value })) say(words.no_answer, "rb-problem");
  }
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
    make("div", { class: "rb-quick-row" }, input, open),
    make("label", { class: "rb-option" }, seen, told),
    said,
  );
  const view = openView(given, "passphrase", {
    show(message) {
      words = message.words;
      label.textContent = words.label;
      hint.textContent = words.hint;
      open.textContent = words.open;
      told.textContent = words.show;
    },
    done(message) {
      if (message.ticket !== ticket) return;
      input.value = "";
      say(message.sentence, "rb-quick-kept");
    },
    refused(message) {
      if (message.ticket !== ticket) return;
      input.setAttribute("aria-invalid", "true");
      say(message.sentence, "rb-problem");
      if (!isWriting()) input.focus();
    },
    end() {
      input.value = "";
    },
  });
  view.root.append(make("section", { class: "rb-card" }, form));
  return view.end;
}

export default { render: renderPassphrase };
