// Runs before any other script of the page: what Voilà's front end does not leave to its host is mended here.
(() => {
  const nonce = document.currentScript.nonce;
  const listen = window.addEventListener;

  // Scripts may add style sheets, markup may not: a style element gets the page's nonce when a script makes it.
  const create = Document.prototype.createElement;
  Document.prototype.createElement = function (name, options) {
    const element = create.call(this, name, options);
    if (String(name).toLowerCase() === "style") element.nonce = nonce;
    return element;
  };

  // Voilà ends the kernel on "beforeunload", which a click on a mailto link fires too, and whatever is typed after
  // that goes nowhere. Only its listener is turned away; a widget may still ask before a page is left.
  window.addEventListener = function (type, listener, options) {
    if (type === "beforeunload" && String(listener).includes("api/shutdown")) return;
    listen.call(this ?? window, type, listener, options);
  };

  // A page that is really left says goodbye. The server waits a little for its last words before the kernel ends.
  listen.call(window, "pagehide", (event) => {
    if (!event.persisted) navigator.sendBeacon(JSON.parse(document.getElementById("jupyter-config-data").textContent).goodbyeUrl);
  });

  // Where the workbook did not open there is no kernel for the front end to start with.
  listen.call(window, "load", (event) => {
    if (document.getElementById("failed")) event.stopImmediatePropagation();
  });

  // Widgets cannot see the connection; this tells them when it opens and closes.
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...where) {
      super(...where);
      const tell = (open) => window.dispatchEvent(new CustomEvent("rebound:connection", { detail: { open } }));
      this.addEventListener("open", () => tell(true));
      this.addEventListener("close", () => tell(false));
    }
  };

  // A page that lost its kernel loads itself anew (going_on.js), perhaps under writing hands: what they type before
  // the field is back is kept in this page's memory and put there.
  try {
    const mark = JSON.parse(sessionStorage.getItem("rebound:going-on") ?? "null");
    if (mark?.focus?.caret && Date.now() - mark.at < 120000) {
      let typed = "";
      const take = (event) => {
        const { key } = event;
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (!["BODY", "H1"].includes(document.activeElement?.tagName ?? "BODY")) return;
        if (key === "Backspace") typed = typed.slice(0, -1);
        else if (key.length === 1 || key === "Enter") typed += key === "Enter" ? "\n" : key;
        else return;
        event.preventDefault();
      };
      const stop = () => {
        window.removeEventListener("keydown", take, true);
        return typed;
      };
      listen.call(window, "keydown", take, true);
      window[Symbol.for("rebound.typed")] = { stop };
      window.setTimeout(stop, 120000);
    }
  } catch {
    // Storage may be forbidden; then the page did not load itself anew either.
  }

  try {
    const theme = localStorage.getItem("rebound:theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage may be forbidden; the system's choice then stands.
  }
})();
