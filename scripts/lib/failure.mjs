/** A failure with a sentence for the person at the terminal: printed without a stack trace. */
export class Failure extends Error {
  constructor(message, { code = 1 } = {}) {
    super(message);
    this.name = "Failure";
    this.exitCode = code;
  }
}

/** Prints what went wrong and ends the process with the failure's code. */
export function exitWith(error) {
  const known = error instanceof Failure;
  process.stderr.write(`\n${known ? error.message : error.stack || error}\n`);
  process.exit(known ? error.exitCode : 1);
}
