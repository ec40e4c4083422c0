import { keepChildren } from "./lib/children.js";
import { make } from "./lib/dom.js";
import { openView } from "./lib/view.js";

/** @param {{model: any, el: HTMLElement, signal: AbortSignal, host: any}} given */
function renderPage(given) {
  const { model, signal, host } = given;
  const title = make("h1", { tabindex: "-1", class: "rb-page-title" });
  const lede = make("p", { class: "rb-lede" });
  const column = make("div", { class: "rb-page-column" });
  const margin = make("aside", { class: "rb-page-margin" });
  const view = openView(given, "page-root", {
    show(message) {
      title.textContent = message.title;
      lede.textContent = message.lede;
      lede.hidden = !message.lede;
      column.classList.toggle("rb-wide", message.wide);
    },
  });
  view.root.append(make("div", { class: "rb-page" }, make("header", null, title, lede), column, margin));
  keepChildren(model, host, "children", column, signal, title);
  keepChildren(model, host, "margin", margin, signal, title);
  return view.end;
}

export default { render: renderPage };
