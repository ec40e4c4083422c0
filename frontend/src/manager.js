// The page's widgets and their kernel: makes a model for each widget of the kernel, and draws those the page shows.

import { shims } from "@jupyter-widgets/base";
import { ManagerBase } from "@jupyter-widgets/base-manager";
import { loadClass } from "./classes.js";

export class PageManager extends ManagerBase {
  #kernel;
  #comms;
  #restoring = false;
  /** @type {(() => void)} */
  #restored = () => {};

  /** @param {any} kernel Its connection. */
  constructor(kernel) {
    super();
    this.#kernel = kernel;
    this.#comms = new shims.services.CommManager(kernel);
    this.#comms.register_target(this.comm_target_name, (/** @type {any} */ comm, /** @type {any} */ message) =>
      this.handle_comm_open(comm, message),
    );
    /** Settled when the widgets that the kernel has are on the page. */
    this.restored = new Promise((resolve) => (this.#restored = () => resolve(undefined)));
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

  /** What the kernel has: at first everything, after a gap in the line what changed meanwhile. */
  async #restore() {
    if (this.#restoring) return;
    this.#restoring = true;
    try {
      await this._loadFromKernel();
      this.#restored();
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
