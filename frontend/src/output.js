// What code of a cell prints and shows inside a widget: fetched when a page has an Output.

import { OutputModel as StillModel } from "@jupyter-widgets/html-manager/lib/output.js";
import { WIDGET_MIMETYPE, WidgetRenderer } from "@jupyter-widgets/html-manager/lib/output_renderers.js";
import { RenderMimeRegistry, standardRendererFactories } from "@jupyterlab/rendermime";
import "@jupyterlab/outputarea/style/base.css";
import "@jupyterlab/rendermime/style/base.css";
import { PageManager } from "./manager.js";

export { OutputView } from "@jupyter-widgets/html-manager/lib/output.js";

/** @type {Record<string, string[]>} The messages an output is made of, and what of each. */
const KINDS = {
  display_data: ["data", "metadata"],
  execute_result: ["data", "metadata", "execution_count"],
  stream: ["name", "text"],
  error: ["ename", "evalue", "traceback"],
};

const TAKE_IN_MS = 50;

/** Takes in what its kernel prints and shows while the widget wants it: it names whose messages by what they answer. */
export class OutputModel extends StillModel {
  /** @param {any[]} given */
  initialize(...given) {
    super.initialize(...given);
    /** @type {(() => void)[]} */
    this.waiting = [];
    const hear = (/** @type {any} */ _kernel, /** @type {any} */ message) => this.hear(message);
    const heard = this.widget_manager.kernel.iopubMessage;
    heard.connect(hear);
    this.once("destroy", () => heard.disconnect(hear));
  }

  /** @param {{header: {msg_type: string}, parent_header: any, content: any}} message */
  hear({ header: { msg_type: kind }, parent_header: { msg_id: asked }, content }) {
    if (!asked || asked !== this.get("msg_id") || !(kind === "clear_output" || KINDS[kind])) return;
    // Much comes at once, and each time everything is told to the kernel: so it is taken in together.
    if (!this.waiting.length) setTimeout(() => this.takeIn(), TAKE_IN_MS);
    this.waiting.push(() => {
      if (kind === "clear_output") this.outputs.clear(content.wait);
      else this.outputs.add({ output_type: kind, ...Object.fromEntries(KINDS[kind].map((part) => [part, content[part]])) });
    });
  }

  takeIn() {
    for (const take of this.waiting.splice(0)) take();
    this.set("outputs", this.outputs.toJSON(), { newMessage: true }); // drawn already
    this.save_changes();
  }
}

/** @type {WeakMap<PageManager, RenderMimeRegistry>} */
const REGISTRIES = new WeakMap();

/** @param {PageManager} manager @returns {RenderMimeRegistry} What draws each kind of output. */
function registryOf(manager) {
  let registry = REGISTRIES.get(manager);
  if (!registry) {
    // A script in an output would need what the page's policy refuses.
    const factories = standardRendererFactories.filter((one) => !one.mimeTypes.includes("application/javascript"));
    registry = new RenderMimeRegistry({ initialFactories: factories });
    registry.addFactory(
      { safe: false, mimeTypes: [WIDGET_MIMETYPE], createRenderer: (options) => new WidgetRenderer(options, manager) },
      1,
    );
    REGISTRIES.set(manager, registry);
  }
  return registry;
}

Object.defineProperty(PageManager.prototype, "renderMime", {
  get() {
    return registryOf(this);
  },
});
