// A component in its states, one under another, each with its name; what somebody does to it is done for them.

import { make } from "../../widgets/static/lib/dom.js";
import { openView } from "../../widgets/static/lib/view.js";

const SOON_MS = 40;
const PATIENCE_MS = 8000;
const PAUSE_MS = 60;
const SETTLED_MS = 250;

/** What can be done to a component. @type {Record<string, (found: any, value: string) => void>} */
const ACTS = {
  press: (found) => found.click(),
  open: (found) => (found.open = true),
  touch: (found) => found?.dispatchEvent(new PointerEvent("pointerenter", { bubbles: true })),
  leave: (found) => found.dispatchEvent(new FocusEvent("blur")),
  key: (found, value) => found.dispatchEvent(new KeyboardEvent("keydown", { key: value, bubbles: true, cancelable: true })),
  write(found, value) {
    found.value = value;
    found.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: value }));
    found.dispatchEvent(new Event("change", { bubbles: true }));
  },
};

const pause = (/** @type {number} */ ms) => new Promise((go) => window.setTimeout(go, ms));

/**
 * @param {HTMLElement} frame @param {[string, string, string][]} acts @param {AbortSignal} signal
 */
async function perform(frame, acts, signal) {
  const touched = acts.filter(([act]) => act === "touch");
  // A picture drawn again at another width forgets what was looked at.
  const again = new ResizeObserver(() => window.setTimeout(() => touched.forEach(([, selector]) => ACTS.touch(frame.querySelector(selector), "")), SETTLED_MS));
  if (touched.length) again.observe(frame);
  signal.addEventListener("abort", () => again.disconnect());
  for (const [act, selector, value] of acts) {
    const end = performance.now() + PATIENCE_MS;
    while (!signal.aborted && performance.now() < end && !frame.querySelector(selector)) await pause(SOON_MS);
    const found = frame.querySelector(selector);
    if (!found || signal.aborted) break;
    await pause(PAUSE_MS);
    ACTS[act](found, value);
    await pause(PAUSE_MS);
  }
  // Nobody chose to be here: what the acts did to the focus is taken back.
  if (acts.length && frame.contains(document.activeElement)) /** @type {any} */ (document.activeElement).blur();
  frame.dataset.ready = "";
}

/** @param {{model: any, el: HTMLElement, signal: AbortSignal, host: any}} given */
function renderSpecimens(given) {
  const { model, signal, host } = given;
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const title = make("h2", { class: "rb-specimens-title" });
  const words = make("p", { class: "rb-hint" });
  const list = make("div", { class: "rb-specimens-list" });
  const draw = async (/** @type {any} */ specimen, /** @type {string} */ ref) => {
    const frame = make("div", { class: "rb-specimen-frame" });
    const name = make("h3", { class: "rb-specimen-state" }, specimen.state);
    const node = make("section", { "class": "rb-specimen", "data-state": specimen.state, "aria-label": `${title.textContent}, ${specimen.state}` }, name, frame);
    list.append(node);
    const child = await host.getWidget(ref);
    await child.render({ el: frame, signal: both });
    await perform(frame, specimen.acts, both);
  };
  const view = openView(given, "specimens", {
    show(message) {
      view.root.dataset.component = message.name;
      title.textContent = message.title;
      words.textContent = message.hint;
      if (list.childElementCount) return;
      // The components' own status lines are told that the page has one.
      if (!document.querySelector("[data-rebound-status]")) view.root.append(make("span", { "data-rebound-status": "", "hidden": true }));
      const refs = model.get("children");
      message.specimens.forEach((/** @type {any} */ specimen, /** @type {number} */ place) => draw(specimen, refs[place]));
    },
    end: () => stop.abort(),
  });
  view.root.append(title, words, list);
  return view.end;
}

export default { render: renderSpecimens };
