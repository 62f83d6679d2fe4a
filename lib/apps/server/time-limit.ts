import { createContext, Script } from "node:vm";

/** Work took longer than it was given, and was stopped. */
export class OutOfTime extends Error {}

const box: { work: (() => unknown) | undefined } = { work: undefined };
let script: Script | undefined;
let realm: ReturnType<typeof createContext> | undefined;

/**
 * Runs synchronous work and stops it after `ms` milliseconds, wherever it is: a thread cannot interrupt its own
 * regular expressions and loops, but the virtual machine can. Throws OutOfTime. Costs about 0.1 ms to set up.
 */
export function withinTime<T>(ms: number, work: () => T): T {
  script ??= new Script("work()");
  realm ??= createContext(box);
  const outer = box.work;
  let result: { value: T } | undefined;
  box.work = () => {
    result = { value: work() };
  };
  try {
    script.runInContext(realm, { timeout: ms });
  } catch (error) {
    throw isTimeout(error) ? new OutOfTime(`over ${ms} ms`) : error;
  } finally {
    box.work = outer;
  }
  if (!result) throw new Error("the work did not run");
  return result.value;
}

// The error is born in the other realm, whose Error is not ours.
function isTimeout(error: unknown): boolean {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}
