import pino from "pino";

type LoggedError = { type: string; message: string; stack?: string; code?: string; cause?: LoggedError };

/** What of an error is written down: never the bodies, headers and values that libraries hang on theirs. */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const cause = error.cause === undefined || depth >= 5 ? undefined : loggedError(error.cause, depth + 1);
  return { type: error.name, message: error.message, stack: error.stack, code, cause };
}

/** One JSON line an event; credentials never reach it, whatever object they sit in. */
export const log = pino({
  level: process.env.COUNTERSIGN_LOG_LEVEL ?? "info",
  base: undefined,
  serializers: { err: loggedError },
  redact: {
    paths: [
      "*.authorization",
      "*.cookie",
      "*.password",
      "*.secret",
      "*.token",
      "*.apiKey",
      "headers.authorization",
      "headers.cookie",
    ],
    censor: "[redacted]",
  },
});
