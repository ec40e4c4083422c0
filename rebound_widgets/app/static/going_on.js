// Goes on by itself where a page lost its kernel: once the server answers, the page is loaded anew, and whoever
// was writing finds the same field, the same place in it, and the same words.

const GOING_ON_MARK = "rebound:going-on";
const LOOK_EVERY_MS = 1500;
const PAUSE_IN_TYPING_MS = 1200;
const NOT_AGAIN_WITHIN_MS = 20000;
const FIND_WITHIN_MS = 15000;

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

/** @returns {boolean} Whether it may be left to the machine: it was not tried a moment ago. */
function leaveMark() {
  const before = readMark();
  if (before && Date.now() - before.at < NOT_AGAIN_WITHIN_MS) return false;
  try {
    sessionStorage.setItem(GOING_ON_MARK, JSON.stringify({ at: Date.now(), focus: whereFocusIs(), top: window.scrollY }));
    return true;
  } catch {
    return false; // without it the page would load anew again and again
  }
}

/** Whether the server is there: any answer to a small question says so. @returns {Promise<boolean>} */
async function serverAnswers() {
  const script = /** @type {HTMLScriptElement | null} */ (document.querySelector("script[src]"));
  try {
    await fetch(script?.src ?? location.pathname, { method: "HEAD", cache: "no-store" });
    return true;
  } catch {
    return false;
  }
}

/** Puts the focus back where it was before the page was loaded anew. @param {AbortSignal} signal */
export function takeUpFocus(signal) {
  const mark = readMark();
  if (!mark || mark.taken || Date.now() - mark.at > 60000) return;
  try {
    sessionStorage.setItem(GOING_ON_MARK, JSON.stringify({ at: mark.at, taken: true }));
  } catch {
    return;
  }
  const until = Date.now() + FIND_WITHIN_MS;
  const look = () => {
    if (signal.aborted || Date.now() > until) return;
    const { question, item, place, caret } = mark.focus ?? {};
    const found = [...document.querySelectorAll("[data-question]")].find(
      (/** @type {any} */ one) => one.dataset.question === question && (one.dataset.item ?? null) === (item ?? null),
    );
    const field = /** @type {any} */ (found?.querySelectorAll("input, textarea, select, button")[place]);
    if (mark.focus && !field) {
      window.setTimeout(look, 100);
      return;
    }
    window.scrollTo({ top: mark.top });
    // Somebody who has begun something else meanwhile is left alone.
    if (!field || !["BODY", "H1"].includes(document.activeElement?.tagName ?? "BODY")) return;
    field.focus({ preventScroll: true });
    try {
      if (caret?.[0] !== null) field.setSelectionRange(...caret);
    } catch {
      // not a field of text
    }
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
      if (leaveMark()) window.dispatchEvent(new CustomEvent("rebound:again"));
      return;
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
