// The control a cell is changed with, in the grid as on a card.

import { make } from "./lib/dom.js";

/**
 * @typedef {object} CellEditor
 * @property {any} node
 * @property {() => any} read The value; undefined where it is not complete.
 * @property {() => string} text The words in it, for keeping while they are written.
 */

/** Shows another value in a control. @param {import("./table_rows.js").Column} column @param {any} node @param {any} value */
export function putCellValue(column, node, value) {
  const words = value === null || value === undefined ? "" : String(value);
  const place = column.options.findIndex((option) => option.value === value);
  const shown = column.kind === "choice" ? (place >= 0 ? String(place) : words ? "own" : "") : column.kind === "date" ? words.slice(0, 10) : words;
  if (node.value !== shown) node.value = shown;
}

/**
 * @param {import("./table_rows.js").Column} column @param {any} value
 * @param {Record<string, unknown>} attributes @param {string} nothing The words for "no choice".
 * @returns {CellEditor}
 */
export function cellEditor(column, value, attributes, nothing) {
  const shared = { class: "rb-input", ...attributes };
  const words = value === null || value === undefined ? "" : String(value);
  if (column.kind === "choice") {
    const known = column.options.some((option) => option.value === value);
    const options = column.options.map((option, at) => make("option", { value: at, selected: option.value === value }, option.label));
    const own = !known && words ? make("option", { value: "own", selected: true }, words) : null;
    const node = make("select", shared, make("option", { value: "", selected: !words }, nothing), own, ...options);
    const read = () => (node.value === "" ? null : node.value === "own" ? value : column.options[Number(node.value)].value);
    return { node, read, text: () => "" };
  }
  if (column.kind === "date") {
    const node = make("input", { ...shared, type: "date", min: "1950-01-01", max: "2100-12-31", value: words.slice(0, 10) });
    return { node, read: () => (node.validity.badInput ? undefined : node.value || null), text: () => "" };
  }
  const node = column.lines ? make("textarea", { ...shared, rows: 3, dir: "auto" }) : make("input", { ...shared, type: "text", dir: "auto" });
  node.value = words;
  if (column.kind !== "number") return { node, read: () => (node.value.trim() ? node.value : null), text: () => node.value };
  node.setAttribute("inputmode", "decimal");
  const read = () => {
    const text = node.value.trim().replace(/\s/g, "").replace(",", ".");
    if (!text) return null;
    return Number.isFinite(Number(text)) ? Number(text) : node.value; // what is no number goes as written: the kernel says why not
  };
  return { node, read, text: () => node.value };
}
