// The workbook's own widgets: one script with all of them, fetched while the kernel starts, instead of one text in
// each message that makes a widget.

const MARK = "rebound:";

/** @type {string} */
let address;
/** @type {Promise<any>} */
let loaded;

/** @param {string} where The address of the script. */
export function fetchWidgets(where) {
  address = new URL(where, location.href).href;
  loaded = import(address);
  loaded.catch(() => {}); // told where a widget waits for it
}

/**
 * What stands for the script and the style sheet of a widget that names one of ours; nothing for any other.
 *
 * A widget's model looks two seconds for its script and then gives up, so it is made only when the script is there.
 * @param {unknown} named
 */
export async function ownModule(named) {
  if (typeof named !== "string" || !named.startsWith(MARK)) return {};
  const { sheet } = await loaded;
  addSheet(sheet);
  return { _esm: `export { ${named.slice(MARK.length)} as default } from ${JSON.stringify(address)};` };
}

/** @param {string} text */
function addSheet(text) {
  if (document.getElementById("rebound-widgets")) return;
  const sheet = document.createElement("style");
  sheet.id = "rebound-widgets";
  sheet.textContent = text;
  document.head.append(sheet);
}
