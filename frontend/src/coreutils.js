// Addresses and the page's settings, without the rest of the package.

export { PageConfig } from "@jupyterlab/coreutils/lib/pageconfig.js";
export { URLExt } from "@jupyterlab/coreutils/lib/url.js";
