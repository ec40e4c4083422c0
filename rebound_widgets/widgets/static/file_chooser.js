// A file field and a place to drop a file on; the file travels in pieces, each acknowledged before the next.

import { fill, freshId, make } from "./lib/dom.js";
import { languageOf, percentWords, sizeWords } from "./lib/locale.js";
import { openView } from "./lib/view.js";

const ANSWER_MS = 5000;

/** @typedef {{ticket: string, file: File, state: "begin" | "piece" | "end" | "working", have: number, timer: number}} Sending */

function renderFileChooser(/** @type {any} */ given) {
  /** @type {any} */ let shown = { words: {}, limit_bytes: 0, piece_bytes: 1 };
  let known = false;
  /** @type {FileList | null} */ let early = null; // chosen before the kernel said what may be chosen
  /** @type {Sending | null} */ let sending = null;
  let count = 0;
  const id = freshId("file");
  const input = make("input", { type: "file", id, class: "rb-file-input", "aria-describedby": `${id}-hint`, onchange: () => take(input.files) });
  const label = make("label", { for: id, class: "rb-button rb-button-plain" });
  const drop = make("span", { class: "rb-file-drop-words", "aria-hidden": "true" });
  const hint = make("p", { class: "rb-hint", id: `${id}-hint` });
  const zone = make("div", { class: "rb-file-zone" }, input, make("div", { class: "rb-row" }, label, drop), hint);
  const name = make("p", { class: "rb-file-name" });
  const bar = make("progress", { max: 1 });
  const amount = make("span", { class: "rb-file-amount" });
  const stop = make("button", { type: "button", class: "rb-button rb-button-plain", onclick: () => cancel() });
  const work = make("div", { class: "rb-file-work", hidden: true }, name, make("div", { class: "rb-row" }, bar, amount, stop));
  const line = make("p", { class: "rb-said", role: "status" });

  const tell = (/** @type {string} */ sentence, state = "") => {
    line.textContent = sentence;
    line.dataset.state = state;
  };
  const words = (/** @type {string} */ key, facts = {}) => fill(shown.words[key] ?? "", { name: sending?.file.name, ...facts });

  function finish(/** @type {string} */ sentence, state = "") {
    const hadFocus = work.contains(document.activeElement);
    if (sending) window.clearTimeout(sending.timer);
    sending = null;
    input.value = ""; // so that the same file can be chosen again
    work.hidden = true;
    zone.hidden = false;
    label.textContent = state === "" ? shown.words.other : shown.label;
    if (hadFocus) input.focus();
    tell(sentence, state);
  }
  function cancel() {
    if (!sending) return;
    view.say({ type: "cancel", ticket: sending.ticket });
    finish(words("stopped"), "stopped");
  }
  function take(/** @type {FileList | null | undefined} */ files) {
    if (!files?.length || sending) return;
    if (!known) {
      early = files;
      return;
    }
    const language = languageOf(view.root);
    if (files.length > 1) return finish(shown.words.one_only, "refused");
    if (files[0].size > shown.limit_bytes)
      return finish(fill(shown.words.too_big, { limit: sizeWords(shown.limit_bytes, language) }), "refused");
    const hadFocus = zone.contains(document.activeElement);
    sending = { ticket: String((count += 1)), file: files[0], state: "begin", have: 0, timer: 0 };
    name.textContent = words("sending");
    bar.setAttribute("aria-label", name.textContent);
    bar.value = 0;
    amount.textContent = "";
    zone.hidden = true;
    work.hidden = false;
    if (hadFocus) stop.focus();
    tell(words("sending"));
    send();
  }

  /** Sends what comes next, and again as long as no answer comes: the kernel takes each piece once. */
  async function send() {
    const current = sending;
    if (!current) return;
    window.clearTimeout(current.timer);
    const { ticket, file, state, have } = current;
    if (state === "piece") {
      let piece;
      try {
        piece = await file.slice(have, have + shown.piece_bytes).arrayBuffer();
      } catch {
        view.say({ type: "cancel", ticket });
        if (sending === current) finish(words("unreadable"), "refused");
        return;
      }
      if (sending !== current) return;
      view.say({ type: "piece", ticket, offset: have }, [piece]);
    } else if (state === "begin") view.say({ type: "begin", ticket, name: file.name, size: file.size });
    else view.say({ type: "end", ticket });
    window.clearTimeout(current.timer);
    current.timer = window.setTimeout(() => {
      tell(words("waiting"));
      send();
    }, ANSWER_MS);
  }
  const mine = (/** @type {any} */ message) => (sending && message.ticket === sending.ticket ? sending : null);

  const view = openView(given, "file", {
    show(message) {
      shown = message;
      if (!sending) label.textContent = shown.label;
      drop.textContent = shown.words.drop;
      stop.textContent = shown.words.stop;
      hint.textContent = fill(shown.words.limit, { limit: sizeWords(shown.limit_bytes, languageOf(view.root)) });
      if (shown.accept) input.setAttribute("accept", shown.accept);
      else input.removeAttribute("accept");
      known = true;
      if (early) take(early);
      early = null;
    },
    got(message) {
      const current = mine(message);
      // An answer to a message sent twice says nothing new.
      if (!current || current.state === "end" || (current.state === "piece" && message.have === current.have)) return;
      current.have = message.have;
      current.state = current.have < current.file.size ? "piece" : "end";
      const share = current.file.size ? current.have / current.file.size : 1;
      const language = languageOf(view.root);
      bar.value = share;
      amount.textContent = words("progress", { percent: percentWords(share, language), size: sizeWords(current.file.size, language) });
      if (line.textContent === words("waiting")) tell(words("sending"));
      send();
    },
    working(message) {
      const current = mine(message);
      if (!current) return;
      current.state = "working";
      window.clearTimeout(current.timer);
      bar.removeAttribute("value");
      amount.textContent = "";
      name.textContent = words("working");
      tell(words("working"));
      current.timer = window.setTimeout(send, ANSWER_MS); // asks how it goes, so that a lost outcome is told again
    },
    lost(message) {
      const current = mine(message);
      if (!current) return;
      current.state = "begin";
      current.have = 0;
      send();
    },
    done: (message) => mine(message) && finish(message.sentence || words("done")),
    refused: (message) => mine(message) && finish(message.sentence, "refused"),
    told: (message) => !sending && finish(message.sentence, message.state),
    end: () => window.clearTimeout(sending?.timer),
  });

  for (const type of ["dragenter", "dragover", "dragleave", "drop"]) {
    zone.addEventListener(type, (/** @type {any} */ event) => {
      event.preventDefault(); // the browser would leave the page and open the file
      const over = type === "dragenter" || type === "dragover";
      zone.dataset.over = String(over);
      drop.textContent = over ? shown.words.drop_now : shown.words.drop;
      if (type === "drop") take(event.dataTransfer?.files);
    });
  }
  view.root.append(zone, work, line);
  return view.end;
}

export default { render: renderFileChooser };
