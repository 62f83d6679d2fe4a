const interactive = process.stdout.isTTY === true && !process.env.CI;
const beat = interactive ? 200 : 15_000;

/**
 * Says what a long step is, how long it has run, and how long it took.
 * @template T
 * @param {string} title a sentence without its stop: "Installing packages"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = Date.now();
  const elapsed = () => `${((Date.now() - started) / 1000).toFixed(interactive ? 1 : 0)} s`;
  if (!interactive) process.stdout.write(`${title} ...\n`);
  const tick = () =>
    process.stdout.write(
      interactive ? `\r\x1b[2K${title} ... ${elapsed()}` : `${title} ... ${elapsed()} so far\n`,
    );
  const timer = setInterval(tick, beat);
  try {
    const result = await work();
    process.stdout.write(`${interactive ? "\r\x1b[2K" : ""}${title}: done in ${elapsed()}\n`);
    return result;
  } catch (error) {
    process.stdout.write(`${interactive ? "\r\x1b[2K" : ""}${title}: failed after ${elapsed()}\n`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}
