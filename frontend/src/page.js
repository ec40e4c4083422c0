// The page's script: connects to the page's kernel, makes its widgets and draws those the workbook shows.

import { MessageLoop } from "@lumino/messaging";
import { Widget } from "@lumino/widgets";
import "@jupyter-widgets/base/css/index.css";
import "@lumino/widgets/style/widget.css";
import { connect } from "./connection.js";
import { PageManager } from "./manager.js";
import { fetchWidgets } from "./widgets.js";

const WIDGET = "application/vnd.jupyter.widget-view+json";

const STANDING_MS = 1_000; // by then every part of the page is drawn, or asks

const config = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("jupyter-config-data")).textContent ?? "");

/** The page ends with its widgets, which are known when the kernel has run the notebook. */
function pageIsThere() {
  if (document.readyState !== "loading") return Promise.resolve();
  return new Promise((resolve) => document.addEventListener("DOMContentLoaded", () => resolve(undefined)));
}

/** @param {PageManager} manager @param {Element} holder */
async function draw(manager, holder) {
  const { data } = JSON.parse(holder.textContent ?? "");
  const place = /** @type {HTMLElement} */ (holder.parentElement);
  const model = await manager.get_model(data[WIDGET].model_id);
  const view = await manager.create_view(model);
  holder.remove();
  Widget.attach(view.luminoWidget, place);
  window.addEventListener("resize", () => MessageLoop.postMessage(view.luminoWidget, Widget.ResizeMessage.UnknownSize));
}

async function open() {
  fetchWidgets(config.widgets);
  // Asked for while the kernel runs the notebook; the server answers when it has.
  const kernel = connect(config);
  await pageIsThere();
  // Where the workbook did not open there is no kernel to talk to.
  if (document.getElementById("failed")) return kernel.dispose();
  const manager = new PageManager(kernel);
  manager.take(JSON.parse(document.getElementById("widget-states")?.textContent ?? "{}"));
  const holders = [...document.querySelectorAll("script[data-view]")];
  await Promise.all(holders.map((holder) => draw(manager, holder).catch(console.error)));
  setTimeout(() => manager.forgetShown().catch(console.error), STANDING_MS);
}

open();
