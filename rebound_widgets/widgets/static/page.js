import { make } from "./lib/dom.js";

/**
 * Keeps a column of child widgets as the model lists them: those that stay are left alone.
 * @param {any} model @param {any} host @param {string} trait @param {HTMLElement} column @param {AbortSignal} signal
 */
function keepChildren(model, host, trait, column, signal) {
  /** @type {Map<string, {holder: HTMLElement, stop: AbortController}>} */
  const shown = new Map();
  async function arrange() {
    const wanted = /** @type {string[]} */ (model.get(trait));
    for (const [ref, { holder, stop }] of shown) {
      if (wanted.includes(ref)) continue;
      stop.abort();
      holder.remove();
      shown.delete(ref);
    }
    for (const ref of wanted) {
      let entry = shown.get(ref);
      if (!entry) {
        entry = { holder: make("div", { class: "rb-page-part" }), stop: new AbortController() };
        shown.set(ref, entry);
        const { holder, stop } = entry;
        host
          .getWidget(ref)
          .then((/** @type {any} */ child) => child.render({ el: holder, signal: AbortSignal.any([signal, stop.signal]) }));
      }
      column.append(entry.holder);
    }
    column.hidden = wanted.length === 0;
  }
  const change = `change:${trait}`;
  model.on(change, arrange);
  signal.addEventListener("abort", () => model.off(change, arrange));
  arrange();
}

/** @param {{model: any, el: HTMLElement, signal: AbortSignal, host: any}} context */
function renderPage({ model, el, signal, host }) {
  const title = make("h1", { tabindex: "-1", class: "rb-page-title" });
  const lede = make("p", { class: "rb-lede" });
  const column = make("div", { class: "rb-page-column" });
  const margin = make("aside", { class: "rb-page-margin" });
  /** @param {any} message */
  function receive(message) {
    if (message.type !== "show") return;
    title.textContent = message.title;
    lede.textContent = message.lede;
    lede.hidden = !message.lede;
    column.classList.toggle("rb-wide", message.wide);
    el.dispatchEvent(new CustomEvent("rebound:titled", { bubbles: true }));
  }
  model.on("msg:custom", receive);
  el.classList.add("rb");
  el.append(make("div", { class: "rb-page" }, make("header", null, title, lede), column, margin));
  keepChildren(model, host, "children", column, signal);
  keepChildren(model, host, "margin", margin, signal);
  model.send({ type: "hello" });
  return () => {
    model.off("msg:custom", receive);
    el.replaceChildren();
  };
}

export default { render: renderPage };
