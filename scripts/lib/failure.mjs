/** A failure with a sentence for the person at the terminal: printed without a stack trace. */
export class Failure extends Error {
  constructor(message, { code = 1 } = {}) {
    super(message);
    this.name = "Failure";
    this.exitCode = code;
  }
}

/** Prints what went wrong; the stack only when it is a bug of ours. */
export function printFailure(error) {
  process.stderr.write(`\n${error instanceof Failure ? error.message : error.stack || error}\n`);
}

export const exitCodeOf = (error) => (error instanceof Failure ? error.exitCode : 1);

/** Prints what went wrong and ends the process with the failure's code. */
export function exitWith(error) {
  printFailure(error);
  process.exit(exitCodeOf(error));
}
