// A view's life: it says hello, is shown what to draw, hears messages meant for its page, and ends.

/**
 * @typedef {object} OpenView
 * @property {HTMLElement} root The element everything is drawn into.
 * @property {string} page This view's own id: messages for another page are not heard.
 * @property {(content: Record<string, any>, buffers?: ArrayBuffer[]) => boolean} say Sends a message; false
 *   when there is nobody to send it to.
 * @property {() => void} end Stops listening and empties the element.
 */

const HELLO_LATER_MS = 1000;
/** @type {WeakSet<object>} What was taken; another view of the same widget asks for what is so by then. */
const taken = new WeakSet();

/**
 * What the kernel showed before the page was sent, and the page brought along: nobody need wait for the line.
 * @param {any} model @returns {Record<string, any> | null}
 */
export function shownAlready(model) {
  const shown = model.get?.("_shown");
  if (!shown || taken.has(shown)) return null;
  taken.add(shown);
  return shown;
}

/**
 * Starts a view.
 * @param {{model: any, el: HTMLElement, signal?: AbortSignal}} given What anywidget's render is given.
 * @param {string} name The widget's name, for its class.
 * @param {Record<string, (message: any, buffers: DataView[]) => void>} hears A function for each type of message;
 *   `show` is called each time the kernel shows something, `end` once at the end.
 * @returns {OpenView}
 */
export function openView({ model, el, signal }, name, hears) {
  const page = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
  const root = document.createElement("div");
  root.className = `rb rb-${name}`;
  el.append(root);
  let waiting = 0;
  let answered = false;
  let ended = false;

  const say = (/** @type {Record<string, any>} */ content, /** @type {ArrayBuffer[]} */ buffers = []) => {
    try {
      model.send({ ...content, page }, undefined, buffers);
      return true;
    } catch {
      return false; // a closed socket throws; whoever sent it shows that no answer came
    }
  };
  const hello = (/** @type {number} */ pause) => {
    if (answered || ended) return;
    say({ type: "hello" });
    waiting = window.setTimeout(() => hello(Math.min(pause * 2, 15000)), pause);
  };
  const heard = (/** @type {any} */ message, /** @type {DataView[]} */ buffers) => {
    if (ended || !message || (message.page && message.page !== page)) return;
    if (message.type === "show") answered = true;
    hears[message.type]?.(message, buffers ?? []);
  };
  const end = () => {
    if (ended) return;
    ended = true;
    window.clearTimeout(waiting);
    model.off("msg:custom", heard);
    hears.end?.(null, []);
    root.remove();
  };
  model.on("msg:custom", heard);
  signal?.addEventListener("abort", end, { once: true });
  const given = shownAlready(model);
  if (given) {
    // After our caller has what we return. The hello follows when the page stands: something may have changed since.
    queueMicrotask(() => heard(given, []));
    waiting = window.setTimeout(() => say({ type: "hello" }), HELLO_LATER_MS);
  } else hello(2500);
  return { root, page, say, end };
}
