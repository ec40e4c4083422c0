// Dragging by pointer or finger: an extra beside the buttons that do the same.

const THRESHOLD_PX = 5;

/**
 * Lets `moved` be dragged by `handle`.
 * @param {HTMLElement} handle @param {HTMLElement} moved
 * @param {(x: number, y: number) => HTMLElement | null} over The element that would take it at that point of the window.
 * @param {(target: HTMLElement, y: number) => void} drop Called once, where it was let go.
 */
export function dragBy(handle, moved, over, drop) {
  let start = /** @type {{x: number, y: number} | null} */ (null);
  let dragging = false;
  /** @type {HTMLElement | null} */
  let target = null;

  const aim = (/** @type {HTMLElement | null} */ next) => {
    if (next === target) return;
    target?.classList.remove("rb-drop");
    next?.classList.add("rb-drop");
    target = next;
  };
  const stop = () => {
    aim(null);
    start = null;
    dragging = false;
    moved.classList.remove("rb-dragging");
    moved.style.transform = "";
    window.removeEventListener("keydown", escape, true);
  };
  const escape = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    stop();
  };
  handle.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    start = { x: event.clientX, y: event.clientY };
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointermove", (event) => {
    if (!start) return;
    const [x, y] = [event.clientX - start.x, event.clientY - start.y];
    if (!dragging) {
      if (Math.hypot(x, y) < THRESHOLD_PX) return;
      dragging = true;
      moved.classList.add("rb-dragging");
      window.addEventListener("keydown", escape, true);
    }
    event.preventDefault();
    moved.style.transform = `translate(${x}px, ${y}px)`;
    aim(over(event.clientX, event.clientY));
  });
  handle.addEventListener("pointerup", (event) => {
    const [reached, was] = [target, dragging];
    stop();
    if (was && reached) drop(reached, event.clientY);
  });
  handle.addEventListener("pointercancel", stop);
}

/**
 * The one of `elements` that lies under a point of the window.
 * @param {Iterable<HTMLElement>} elements @param {number} x @param {number} y
 * @returns {HTMLElement | null}
 */
export function elementAt(elements, x, y) {
  for (const element of elements) {
    const box = element.getBoundingClientRect();
    if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) return element;
  }
  return null;
}
