// What code of a cell prints and shows inside a widget: fetched when a page has an Output.

import { WIDGET_MIMETYPE, WidgetRenderer } from "@jupyter-widgets/html-manager/lib/output_renderers.js";
import { RenderMimeRegistry, standardRendererFactories } from "@jupyterlab/rendermime";
import "@jupyterlab/outputarea/style/base.css";
import "@jupyterlab/rendermime/style/base.css";
import { PageManager } from "./manager.js";

export { OutputModel, OutputView } from "@jupyter-widgets/html-manager/lib/output.js";

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
