import { whenParentIsGone } from "./runtime.mjs";

const repeat = 1_000;

/**
 * The life of a foreground program: what it starts is stopped in reverse order when it is asked to end, when the
 * process that started it is gone, or when starting fails.
 */
export function lifecycle() {
  const undo = [];
  let ending = 0;
  let current = Promise.resolve();

  /** Starts something and remembers how to stop it, even when the end comes while it starts. */
  async function hold(make, stop) {
    const making = (async () => {
      const made = await make();
      undo.push(() => stop(made));
      return made;
    })();
    current = making.catch(() => {}); // The caller sees the failure; the end only waits for it.
    const made = await making;
    if (ending) await new Promise(() => {}); // The end is under way: start nothing more.
    return made;
  }

  /** Waits for work that may be broken off: it must leave nothing running when this process ends. */
  async function during(work) {
    const result = await work();
    if (ending) await new Promise(() => {});
    return result;
  }

  async function end(code) {
    if (ending) return;
    ending = Date.now();
    await current;
    for (const stop of undo.reverse()) {
      try {
        await stop();
      } catch (error) {
        process.stderr.write(`While stopping: ${error.message}\n`);
      }
    }
    process.exit(code);
  }

  function onSignal(signal, code) {
    if (!ending) {
      process.stdout.write(`\nStopping (${signal}) ...\n`);
      void end(code);
    } else if (Date.now() - ending > repeat) {
      // npm and the terminal both pass Ctrl-C on, so only a later one means "at once".
      process.exit(code);
    }
  }

  process.on("SIGINT", () => onSignal("Ctrl-C", 130));
  process.on("SIGTERM", () => onSignal("SIGTERM", 143));
  process.on("SIGHUP", () => onSignal("SIGHUP", 129));
  process.stdout.on("error", () => {}); // A closed terminal: there is no one left to tell.
  process.stderr.on("error", () => {});
  whenParentIsGone(() => void end(1));
  return { hold, during, end };
}
