// ipywidgets' own controls: fetched when a page has one.

import "@jupyter-widgets/controls/css/widgets-base.css";
import "@lumino/widgets/style/index.css";
import sanitize from "sanitize-html";
import { PageManager } from "./manager.js";

export * from "@jupyter-widgets/controls";

const TAGS = ["a", "abbr", "b", "code", "em", "i", "img", "li", "ol", "span", "strong", "ul"];
const ATTRIBUTES = { "*": ["aria-*", "class", "title"], a: ["href"], img: ["src"] };

/** Descriptions may have a little markup. The page's own policy refuses styles in it, so none is let through. */
PageManager.prototype.inline_sanitize = (html) =>
  sanitize(html, { allowedTags: TAGS, allowedAttributes: ATTRIBUTES, parseStyleAttributes: false });
