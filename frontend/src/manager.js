// The page's widgets and their kernel: makes a model for each widget of the kernel, and draws those the page shows.

import { put_buffers, shims } from "@jupyter-widgets/base";
import { ManagerBase } from "@jupyter-widgets/base-manager";
import { loadClass } from "./classes.js";

const SHOWN = "_shown";

/** @param {string} text Bytes, as base64. */
function bytesOf(text) {
  return new DataView(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);
}

export class PageManager extends ManagerBase {
  #kernel;
  #comms;
  #restoring = false;

  /** @param {any} kernel Its connection. */
  constructor(kernel) {
    super();
    this.#kernel = kernel;
    this.#comms = new shims.services.CommManager(kernel);
    this.#comms.register_target(this.comm_target_name, (/** @type {any} */ comm, /** @type {any} */ message) =>
      this.handle_comm_open(comm, message),
    );
    kernel.connectionStatusChanged.connect((/** @type {any} */ _kernel, /** @type {string} */ status) => {
      if (status === "connected") this.#restore();
    });
    kernel.statusChanged.connect((/** @type {any} */ _kernel, /** @type {string} */ status) => {
      if (status === "restarting") this.disconnect();
    });
  }

  /** The kernel's connection; a widget looks at it to know whether anybody is there. */
  get kernel() {
    return this.#kernel;
  }

  /**
   * Makes the widgets that came with the page; the line need not be there yet.
   * @param {Record<string, {state: any, buffers?: [string[], string][]}>} states
   */
  async take(states) {
    const made = Object.entries(states).map(([id, { state, buffers = [] }]) => {
      put_buffers(state, buffers.map(([path]) => path), buffers.map(([, text]) => bytesOf(text)));
      const { _model_name: model_name, _model_module: model_module, _model_module_version: model_module_version } = state;
      const comm = new shims.services.Comm(this.#kernel.createComm(this.comm_target_name, id));
      return this.new_model({ model_id: id, model_name, model_module, model_module_version, comm }, state);
    });
    await Promise.allSettled(made.map((one) => one.catch(console.error)));
  }

  /** What widgets were shown before the page was sent is old by now; one drawn later asks for what is so then. */
  async forgetShown() {
    for (const made of Object.values(this._models)) delete (await made).attributes[SHOWN];
  }

  /** What the kernel has changed while the line was not there. */
  async #restore() {
    if (this.#restoring) return;
    this.#restoring = true;
    try {
      await this._loadFromKernel();
    } catch (problem) {
      console.error(problem);
    }
    this.#restoring = false;
  }

  /** @param {string} name @param {string} module */
  loadClass(name, module) {
    return loadClass(name, module);
  }

  /** @param {string} target @param {string} id @param {any} data @param {any} metadata @param {any} buffers */
  async _create_comm(target, id, data, metadata, buffers) {
    const comm = this.#kernel.createComm(target, id);
    if (data || metadata) comm.open(data, metadata, buffers);
    return new shims.services.Comm(comm);
  }

  async _get_comm_info() {
    const reply = await this.#kernel.requestCommInfo({ target_name: this.comm_target_name });
    return reply.content.status === "ok" ? reply.content.comms : {};
  }

  /** Markup of a description as text; with ipywidgets' controls comes what lets harmless markup through. @param {string} html */
  inline_sanitize(html) {
    return html.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
  }
}
