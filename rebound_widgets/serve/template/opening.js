// Takes the opening words away when the workbook is there, or says that it does not come.
(() => {
  const opening = document.getElementById("opening");
  const slow = document.getElementById("slow");
  const workbook = document.getElementById("workbook");
  const tell = () => (slow.hidden = false);
  const late = setTimeout(tell, 45000);
  const look = () => {
    if (!workbook.querySelector(".rb, .jupyter-widgets, #failed")) return;
    watch.disconnect();
    clearTimeout(late);
    opening.remove();
    document.getElementById("failed-title")?.focus();
  };
  const watch = new MutationObserver(look);
  watch.observe(workbook, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
  // A script that did not arrive is not asked for again by itself.
  window.addEventListener("error", (event) => event.target instanceof HTMLScriptElement && tell(), true);
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-again]")) location.reload();
  });
})();
