// anywidget is published as a call of `define`: it is taken here, and no global of that name is left behind.

/** @type {any} */
let given;
/** @type {any} */ (globalThis).define = (/** @type {string[]} */ _needs, /** @type {any} */ make) => {
  given = make;
};

/** @returns {any} What anywidget gave: it makes its model and view from those of ipywidgets. */
export function takeDefined() {
  delete (/** @type {any} */ (globalThis).define);
  return given;
}
