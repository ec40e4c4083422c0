// The line to the page's kernel.

import { CommsOverSubshells, ServerConnection } from "./services.js";
import { KernelConnection } from "@jupyterlab/services/lib/kernel/default.js";

/**
 * @param {{kernelId: string, baseUrl: string}} config
 * @returns {any} The connection, which opens by itself, and again when it breaks.
 */
export function connect({ kernelId, baseUrl }) {
  const home = new URL(baseUrl, location.href).href;
  const serverSettings = ServerConnection.makeSettings({
    appendToken: false,
    baseUrl: home,
    token: "",
    wsUrl: home.replace(/^http/, "ws"),
  });
  return new KernelConnection({
    model: { id: kernelId, name: "" },
    serverSettings,
    // A subshell would be asked for in a message that the server lets nobody send.
    commsOverSubshells: CommsOverSubshells.Disabled,
  });
}
