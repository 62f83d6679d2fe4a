import pino from "pino";

/** One JSON line an event; credentials never reach it, whatever object they sit in. */
export const log = pino({
  level: process.env.COUNTERSIGN_LOG_LEVEL ?? "info",
  base: undefined,
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
