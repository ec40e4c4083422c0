// What a kernel's connection needs of all that the package with it has: the rest is for notebooks and settings.

export { CommsOverSubshells } from "@jupyterlab/services/lib/kernel/comm.js";
export { ServerConnection } from "@jupyterlab/services/lib/serverconnection.js";
