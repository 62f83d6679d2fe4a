// A page that nobody sees draws no frames: what waits must not wait for ever.
const latestMs = 120;
let due: (() => void)[] = [];

/**
 * Runs once the frame that is being made is on the screen: what a person waits to see comes before what nobody sees,
 * such as reading ahead. In the order asked for, and in any case before the page is left.
 */
export function afterPaint(run: () => void): void {
  due.push(run);
  if (due.length > 1) return;
  const timer = setTimeout(runAll, latestMs);
  // The second frame begins when the first has been handed over.
  const frame = requestAnimationFrame(() => requestAnimationFrame(runAll));
  window.addEventListener("pagehide", runAll);
  function runAll(): void {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    window.removeEventListener("pagehide", runAll);
    const runs = due;
    due = [];
    for (const each of runs) each();
  }
}
