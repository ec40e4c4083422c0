// Which file has a widget's model and view. What the workbook uses is in the first file; the rest comes when asked for.

import { takeDefined } from "./define.js";
import "anywidget";
import * as base from "@jupyter-widgets/base";
import { ownModule } from "./widgets.js";

const anywidget = takeDefined()(base);

/** A widget with a script; one of the workbook's own names its script instead of bringing it along. */
class ScriptModel extends anywidget.AnyModel {
  /** @param {any} state @param {any} manager */
  static async _deserialize_state(state, manager) {
    return super._deserialize_state({ ...state, ...(await ownModule(state._esm)) }, manager);
  }
}

/** @type {Record<string, () => any>} */
const MODULES = {
  "@jupyter-widgets/base": () => base,
  "@jupyter-widgets/controls": () => import("./controls.js"),
  "@jupyter-widgets/output": () => import("./output.js"),
  anywidget: () => ({ ...anywidget, AnyModel: ScriptModel }),
};

/**
 * A model or a view.
 * @param {string} name @param {string} module
 * @returns {Promise<any>}
 */
export async function loadClass(name, module) {
  const found = await MODULES[module]?.();
  if (!found?.[name]) throw new Error(`This page has no ${name} of ${module}.`);
  return found[name];
}
