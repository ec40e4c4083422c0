// Runs before any other script of the page.
(() => {
  const nonce = document.currentScript.nonce;

  // Scripts may add style sheets, markup may not: a style element gets the page's nonce when a script makes it.
  const create = Document.prototype.createElement;
  Document.prototype.createElement = function (name, options) {
    const element = create.call(this, name, options);
    if (String(name).toLowerCase() === "style") element.nonce = nonce;
    return element;
  };

  // A page that is really left says goodbye. The server waits a little for its last words before the kernel ends.
  window.addEventListener("pagehide", (event) => {
    if (!event.persisted) navigator.sendBeacon(JSON.parse(document.getElementById("jupyter-config-data").textContent).goodbyeUrl);
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
    // Under a hub the way back leads over the hub's own pages, which lose what stands behind the "#".
    if (mark?.where && !location.hash && Date.now() - mark.at < 120000) history.replaceState(null, "", mark.where);
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
      window.addEventListener("keydown", take, true);
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
