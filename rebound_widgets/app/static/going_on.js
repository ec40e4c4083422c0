// Goes on by itself where a page lost its kernel: once the server answers, the page is loaded anew, and whoever
// was writing finds the same field, the same place in it, and the same words.

const GOING_ON_MARK = "rebound:going-on"; // early.js reads it too
const TYPED_MARK = Symbol.for("rebound.typed");
const LOOK_EVERY_MS = 1500;
const PAUSE_IN_TYPING_MS = 1200;
const NOT_AGAIN_WITHIN_MS = 8000;
const FIND_WITHIN_MS = 120000; // a page over a thin line takes long; early.js keeps keys for as long
const WORDS_WITHIN_MS = 3000;

/** @returns {Record<string, any> | null} */
function readMark() {
  try {
    return JSON.parse(sessionStorage.getItem(GOING_ON_MARK) ?? "null");
  } catch {
    return null;
  }
}

/** Which field has the focus, in words that a page loaded anew understands. */
function whereFocusIs() {
  const field = /** @type {any} */ (document.activeElement);
  const question = field?.closest?.("[data-question]");
  if (!question) return null;
  const fields = [...question.querySelectorAll("input, textarea, select, button")];
  let caret = null;
  try {
    caret = [field.selectionStart, field.selectionEnd];
  } catch {
    caret = null; // not a field of text
  }
  return { question: question.dataset.question, item: question.dataset.item ?? null, place: fields.indexOf(field), caret };
}

/** @returns {boolean} Whether it could be written down where the person is. */
function writeMark() {
  try {
    const mark = { at: Date.now(), focus: whereFocusIs(), top: window.scrollY, where: location.hash };
    sessionStorage.setItem(GOING_ON_MARK, JSON.stringify(mark));
    return true;
  } catch {
    return false;
  }
}

/** @returns {boolean} Whether it may be left to the machine: it was not tried a moment ago. */
function leaveMark() {
  const before = readMark();
  if (before && Date.now() - before.at < NOT_AGAIN_WITHIN_MS) return false;
  if (!writeMark()) return false; // without it the page would load anew again and again
  // Until the page is really gone somebody may have gone on writing.
  window.addEventListener("pagehide", writeMark, { once: true });
  return true;
}

/**
 * Whether the server is there: an answer to a small question says so, unless a proxy gives it for one that is not.
 * @returns {Promise<boolean>}
 */
async function serverAnswers() {
  const script = /** @type {HTMLScriptElement | null} */ (document.querySelector("script[src]"));
  try {
    const { status } = await fetch(script?.src ?? location.pathname, { method: "HEAD", cache: "no-store" });
    return status < 500;
  } catch {
    return false;
  }
}

/** @param {Record<string, any>} focus @returns {any} The field it names, once the page has it. */
function findField({ question, item, place }) {
  const found = [...document.querySelectorAll("[data-question]")].find(
    (/** @type {any} */ one) => one.dataset.question === question && (one.dataset.item ?? null) === (item ?? null),
  );
  return found?.querySelectorAll("input, textarea, select, button")[place];
}

/** @returns {string} What was typed since this page began to load, which early.js kept; it keeps no more from now on. */
function takeTyped() {
  const typed = /** @type {any} */ (globalThis)[TYPED_MARK];
  return typed?.stop() ?? "";
}

/**
 * Puts the cursor where it was, and behind it what was typed while there was no field.
 * @param {any} field @param {[number, number]} caret
 */
function placeCaret(field, caret) {
  try {
    field.setSelectionRange(...caret);
  } catch {
    return; // not a field of text
  }
  const typed = takeTyped();
  if (!typed) return;
  field.setRangeText(typed, ...caret, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: typed }));
}

/** Puts the focus back where it was before the page was loaded anew. @param {AbortSignal} signal */
export function takeUpFocus(signal) {
  const mark = readMark();
  if (!mark || mark.taken || Date.now() - mark.at > FIND_WITHIN_MS) return;
  try {
    sessionStorage.setItem(GOING_ON_MARK, JSON.stringify({ at: mark.at, taken: true }));
  } catch {
    return;
  }
  const began = Date.now();
  const caret = mark.focus?.caret ?? [null, null];
  let foundAt = 0;
  const look = () => {
    if (signal.aborted || Date.now() - began > FIND_WITHIN_MS) {
      takeTyped();
      return;
    }
    const field = mark.focus && findField(mark.focus);
    if (field) foundAt ||= Date.now();
    // The words this browser kept come a moment after those on disk; the cursor has its place only among them.
    const early = field && caret[1] > field.value.length && Date.now() - foundAt < WORDS_WITHIN_MS;
    if (mark.focus && (!field || early)) {
      window.setTimeout(look, 50);
      return;
    }
    window.scrollTo({ top: mark.top });
    if (!field) return;
    // Somebody who has begun something else meanwhile is left there; what they typed before is not lost for it.
    if (["BODY", "H1"].includes(document.activeElement?.tagName ?? "BODY")) field.focus({ preventScroll: true });
    if (caret[0] !== null) placeCaret(field, caret);
    takeTyped();
  };
  look();
}

/**
 * Watches what the line says, and loads the page anew when that is all that helps and it costs nothing.
 * @param {AbortSignal} signal
 */
export function goOn(signal) {
  let typedAt = -Infinity;
  let wanted = false;
  let looking = 0;
  const look = async () => {
    looking = 0;
    if (!wanted || signal.aborted) return;
    const pause = performance.now() - typedAt > PAUSE_IN_TYPING_MS;
    if (pause && (await serverAnswers()) && wanted && performance.now() - typedAt > PAUSE_IN_TYPING_MS) {
      if (leaveMark()) {
        window.dispatchEvent(new CustomEvent("rebound:again"));
        return;
      }
    }
    looking = window.setTimeout(look, LOOK_EVERY_MS);
  };
  window.addEventListener("input", () => (typedAt = performance.now()), { signal, capture: true });
  window.addEventListener(
    "rebound:status",
    (/** @type {any} */ event) => {
      wanted = event.detail.action === "reload";
      if (wanted && !looking) looking = window.setTimeout(look, LOOK_EVERY_MS);
    },
    { signal },
  );
  signal.addEventListener("abort", () => window.clearTimeout(looking));
}
