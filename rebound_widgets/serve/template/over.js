// A visit is over: what this browser kept of it (words that were not saved yet, the place in a page) goes too.
(() => {
  for (const storage of ["localStorage", "sessionStorage"]) {
    try {
      const kept = window[storage];
      for (const name of Object.keys(kept)) if (name.startsWith("rebound") && name !== "rebound:theme") kept.removeItem(name);
    } catch {
      // Storage may be forbidden; then nothing was kept.
    }
  }
})();
