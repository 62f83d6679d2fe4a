import { DomainError, statusOfKind, type ErrorKind } from "@/lib/kernel/errors";
import { titleOf } from "@/lib/kernel/problems";
import { origin } from "./origin";
import { log } from "./log";

export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance?: string;
  code: string;
  request_id?: string;
  retryable: boolean;
  errors: { pointer: string; code: string; message: string; fix?: string }[];
  [extra: string]: unknown;
};

const retryableKinds: readonly ErrorKind[] = ["limited", "unavailable"];

/** The RFC 9457 document of any error; a bug says nothing about itself but its request id, and is logged. */
export function problemOf(error: unknown, about: { requestId?: string; instance?: string } = {}): Problem {
  const known = error instanceof DomainError ? error : fromDatabase(error);
  if (!known) log.error({ err: error, request_id: about.requestId }, "unexpected error");
  const failure =
    known ??
    new DomainError("unavailable", "Something broke on our side; nothing was half-written.", {
      code: "internal",
    });
  const status = known ? statusOfKind[failure.kind] : 500;
  return {
    ...failure.extra,
    type: `${origin()}/docs/errors/${failure.code}`,
    title: titleOf(failure.code),
    status,
    detail: failure.message,
    instance: about.instance,
    code: failure.code,
    request_id: about.requestId,
    retryable: !known || retryableKinds.includes(failure.kind),
    errors: failure.errors,
  };
}

// What the database says no to without saying where.
const refusals: Record<string, string> = {
  "22003": "A number is beyond what can be kept.",
  "22008": "A time is outside of what can be kept: years 1 to 9999.",
  "22007": "A time is outside of what can be kept: years 1 to 9999.",
};

const unavailableStates = /^(08|53|57P0|25006|40001|40P01|55P03|58030)/;

// Data the database itself refuses is the caller's mistake; a database that is away is worth another try.
function fromDatabase(error: unknown): DomainError | undefined {
  const cause = rootCause(error);
  const state = stateOf(cause);
  if (
    unavailableStates.test(state) ||
    /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND)/.test(state) ||
    isConnectionLost(cause)
  ) {
    return new DomainError(
      "unavailable",
      "The database does not answer right now; send the same request again.",
      {
        code: "database_unavailable",
      },
    );
  }
  if (state.startsWith("22")) {
    return new DomainError("invalid", refusals[state] ?? "A value cannot be stored as it is.", {
      code: "validation_failed",
    });
  }
  return undefined;
}

/** The server answered that it took a statement back whole, whyever: nothing of it stands. */
export function wasTakenBack(error: unknown): boolean {
  const state = stateOf(rootCause(error));
  return /^[0-9A-Z]{5}$/.test(state) && !/^(08|25P02|40003|53|57P|58)/.test(state);
}

/** It was taken back for what it says, not to let another go first or for the time it took: it never will be taken. */
export function wasRefused(error: unknown): boolean {
  return wasTakenBack(error) && !/^(40|55|57)/.test(stateOf(rootCause(error)));
}

/** It was refused for a value that must be the only one of its kind, and is not. */
export function wasDuplicate(error: unknown): boolean {
  return stateOf(rootCause(error)) === "23505";
}

/** The SQLSTATE or the system's code of an error; empty where it has none. */
function stateOf(cause: unknown): string {
  return typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "";
}

function rootCause(error: unknown): unknown {
  let here = error;
  for (let i = 0; i < 5 && here instanceof Error && here.cause !== undefined; i++) here = here.cause;
  return here;
}

// The drivers have no code for these. The last is what a transaction hears whose connection broke between two statements.
function isConnectionLost(error: unknown): boolean {
  return (
    error instanceof Error &&
    /timeout exceeded when trying to connect|connection terminated|not queryable/i.test(error.message)
  );
}
