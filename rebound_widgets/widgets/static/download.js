// A button that fetches a file from the kernel, piece by piece, and hands it to the browser to save.

import { fill, make } from "./lib/dom.js";
import { languageOf, percentWords, sizeWords } from "./lib/locale.js";
import { openView } from "./lib/view.js";

const ANSWER_WITHIN_MS = 8000;
const TRIES = 4;

/**
 * Hands bytes to the browser to save under a name.
 * @param {BlobPart[]} parts @param {string} name @param {string} mediaType
 */
function saveBlob(parts, name, mediaType) {
  const address = URL.createObjectURL(new Blob(parts, { type: mediaType }));
  const link = make("a", { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(address), 60000); // some browsers read it after the click
}

function renderDownload(/** @type {any} */ given) {
  /** @type {any} */ let words = {};
  /** @type {{ticket: string, parts: ArrayBuffer[], have: number, file: any, timer: number, tries: number} | null} */
  let job = null;
  let count = 0;
  const label = make("span");
  const button = make("button", { type: "button", class: "rb-button", onclick: () => start() }, label);
  const stop = make("button", { type: "button", class: "rb-button rb-button-quiet", hidden: true, onclick: () => finish(words.stopped) });
  const bar = make("progress", { max: 1, hidden: true });
  const line = make("p", { class: "rb-said", role: "status" });
  const tell = (/** @type {string} */ sentence, state = "") => {
    line.textContent = sentence;
    line.dataset.state = state;
  };

  function finish(/** @type {string} */ sentence, state = "") {
    if (job) {
      window.clearTimeout(job.timer);
      view.say({ type: "stop", ticket: job.ticket });
    }
    job = null;
    if (document.activeElement === stop) button.focus();
    button.removeAttribute("aria-disabled");
    bar.hidden = stop.hidden = true;
    tell(sentence, state);
  }
  function ask() {
    if (!job) return;
    const current = job;
    view.say({ type: "piece", ticket: current.ticket, offset: current.have });
    current.timer = window.setTimeout(() => {
      current.tries += 1;
      if (current.tries < TRIES) ask();
      else finish(words.no_answer, "refused");
    }, ANSWER_WITHIN_MS);
  }
  function start() {
    if (job) return;
    job = { ticket: String((count += 1)), parts: [], have: 0, file: null, timer: 0, tries: 0 };
    button.setAttribute("aria-disabled", "true");
    bar.removeAttribute("value");
    bar.hidden = stop.hidden = false;
    tell(words.making);
    const late = () => finish(words.no_answer, "refused");
    // The kernel says at once that it heard; making the file may take as long as it takes.
    if (view.say({ type: "fetch", ticket: job.ticket })) job.timer = window.setTimeout(late, ANSWER_WITHIN_MS);
    else late();
  }
  const mine = (/** @type {any} */ message) => (job && message.ticket === job.ticket ? job : null);

  const view = openView(given, "download", {
    show(shown) {
      words = shown.words;
      label.textContent = shown.label;
      button.className = `rb-button${shown.kind === "primary" ? "" : ` rb-button-${shown.kind}`}`;
      stop.textContent = words.stop;
      bar.setAttribute("aria-label", words.making);
    },
    making: (message) => mine(message) && window.clearTimeout(job?.timer),
    file(message) {
      const current = mine(message);
      if (!current || current.file) return;
      window.clearTimeout(current.timer);
      current.file = message;
      ask();
    },
    piece(message, buffers) {
      const current = mine(message);
      if (!current?.file || message.offset !== current.have) return;
      window.clearTimeout(current.timer);
      current.tries = 0;
      for (const piece of buffers) {
        const bytes = new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
        current.parts.push(bytes.slice().buffer);
        current.have += bytes.byteLength;
      }
      const { name, size, media_type: mediaType } = current.file;
      const language = languageOf(view.root);
      bar.value = size ? current.have / size : 1;
      tell(fill(words.progress, { percent: percentWords(bar.value, language) }));
      if (current.have < size) {
        ask();
        return;
      }
      saveBlob(current.parts, name, mediaType);
      finish(fill(words.saved, { name, size: sizeWords(size, language) }));
    },
    refused: (message) => mine(message) && finish(message.sentence, "refused"),
    end: () => window.clearTimeout(job?.timer),
  });
  view.root.append(make("div", { class: "rb-row" }, button, stop, bar), line);
  return view.end;
}

export default { render: renderDownload };
