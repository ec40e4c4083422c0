// Widgets inside a widget: a column that holds those the model lists.

import { make } from "./dom.js";

/**
 * Brings parts into their order. Moving an element takes the focus out of it, so only what is out of place moves, and
 * never the part that somebody is in: the others go around it.
 * @param {HTMLElement} column @param {HTMLElement[]} wanted
 */
function putInOrder(column, wanted) {
  const held = wanted.findIndex((one) => one.contains(document.activeElement));
  const at = Math.max(held, 0);
  if (held < 0 && wanted.length && column.firstElementChild !== wanted[0]) column.prepend(wanted[0]);
  for (let n = at - 1; n >= 0; n -= 1) if (wanted[n].nextElementSibling !== wanted[n + 1]) wanted[n + 1].before(wanted[n]);
  for (let n = at + 1; n < wanted.length; n += 1) if (wanted[n].previousElementSibling !== wanted[n - 1]) wanted[n - 1].after(wanted[n]);
}

/**
 * Keeps a column of child widgets as the model lists them: those that stay are left alone.
 * @param {any} model @param {any} host @param {string} trait @param {HTMLElement} column @param {AbortSignal} signal
 * @param {HTMLElement} title Is given the focus when the widget that held it leaves.
 */
export function keepChildren(model, host, trait, column, signal, title) {
  /** @type {Map<string, {holder: HTMLElement, stop: AbortController}>} */
  const shown = new Map();
  async function arrange() {
    const wanted = /** @type {string[]} */ (model.get(trait));
    let left = false;
    for (const [ref, { holder, stop }] of shown) {
      if (wanted.includes(ref)) continue;
      left ||= holder.contains(document.activeElement);
      stop.abort();
      holder.remove();
      shown.delete(ref);
    }
    for (const ref of wanted) {
      if (shown.has(ref)) continue;
      const [holder, stop] = [make("div", { class: "rb-page-part" }), new AbortController()];
      shown.set(ref, { holder, stop });
      host
        .getWidget(ref)
        .then((/** @type {any} */ child) => child.render({ el: holder, signal: AbortSignal.any([signal, stop.signal]) }));
    }
    putInOrder(column, wanted.map((ref) => /** @type {any} */ (shown.get(ref)).holder));
    column.hidden = wanted.length === 0;
    if (left) title.focus({ preventScroll: true });
  }
  const change = `change:${trait}`;
  model.on(change, arrange);
  signal.addEventListener("abort", () => model.off(change, arrange));
  arrange();
}
