// Making elements: text only ever goes in as text, so nothing a person wrote can become markup.

/**
 * Makes an element.
 * @param {string} tag An element name, or "svg:<name>" for an SVG element.
 * @param {Record<string, unknown> | null} [attributes] Attributes; `on…` functions become listeners, `false`,
 *   `null` and `undefined` leave the attribute out, `true` sets it empty.
 * @param {...(Node | string | number | null | undefined | false)} children Nodes, or text.
 * @returns {any} The element.
 */
export function make(tag, attributes, ...children) {
  const element = tag.startsWith("svg:")
    ? document.createElementNS("http://www.w3.org/2000/svg", tag.slice(4))
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "style") {
      element.style.cssText = String(value); // A style attribute would break the page's content security policy.
    } else if (name.startsWith("on") && typeof value === "function") {
      element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

/** Whether the window is so narrow that the margin stands under the page, and long lists are folded. */
export const onPhone = () => window.matchMedia("(max-width: 720px)").matches;

let lastId = 0;

/**
 * A new element id, unique in this document.
 * @param {string} stem What it is for, for whoever reads the page.
 * @returns {string}
 */
export function freshId(stem) {
  lastId += 1;
  return `rb-${stem}-${lastId}-${Math.random().toString(36).slice(2, 6)}`;
}

/**
 * A sentence with its facts filled in.
 * @param {string} sentence Words with names in braces.
 * @param {Record<string, unknown>} facts
 * @returns {string}
 */
export function fill(sentence, facts) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? String(facts[name]) : whole));
}
