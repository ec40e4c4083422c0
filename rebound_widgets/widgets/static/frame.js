import { keepChildren } from "./lib/children.js";
import { make } from "./lib/dom.js";
import { openView } from "./lib/view.js";

/** @param {{model: any, el: HTMLElement, signal: AbortSignal, host: any}} given */
function renderFrame(given) {
  const { model, signal, host } = given;
  const frame = make("section", { class: "rb-frame", tabindex: "-1" });
  const column = make("div", { class: "rb-frame-column" });
  const view = openView(given, "frame-root", {
    show(message) {
      frame.setAttribute("aria-label", message.label);
      frame.classList.toggle("rb-frame-narrow", message.narrow);
      column.lang = message.lang;
      column.dir = message.direction;
    },
  });
  frame.append(column);
  view.root.append(frame);
  keepChildren(model, host, "children", column, signal, frame);
  return view.end;
}

export default { render: renderFrame };
