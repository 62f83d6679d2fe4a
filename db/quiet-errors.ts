import { DrizzleQueryError } from "drizzle-orm/errors";
import { PgPreparedQuery } from "drizzle-orm/pg-core";
import { noteRefusedWrite } from "./refused-writes";

type Run = () => Promise<unknown>;
// The one method that every statement goes through; the library marks it as its own and leaves it out of its types.
type Inner = { queryWithCache: (text: string, params: unknown[], run: Run) => Promise<unknown> };

const told = ["detail", "where", "internalQuery", "hint"] as const;

/**
 * Makes the errors of failed statements say which statement failed and never with what: Drizzle writes every parameter
 * into the message, PostgreSQL the failing row into `detail`, and whatever logs an error (Next does, by itself) would
 * write down what customers, apps and people had sent.
 */
export function quietQueryErrors(): void {
  const inner = PgPreparedQuery.prototype as unknown as Inner & { isQuiet?: true };
  if (inner.isQuiet) return;
  const loud = inner.queryWithCache;
  inner.isQuiet = true;
  inner.queryWithCache = async function quiet(this: Inner, text, params, run) {
    try {
      return await loud.call(this, text, params, run);
    } catch (error) {
      if (!(error instanceof DrizzleQueryError)) throw error;
      noteRefusedWrite(error.cause);
      throw withoutValues(error);
    }
  };
}

function withoutValues(error: DrizzleQueryError): DrizzleQueryError {
  const quiet = new DrizzleQueryError(error.query, [], error.cause);
  quiet.message = `Failed query: ${error.query}`;
  quiet.stack = `${quiet.name}: ${quiet.message}\n${stackLines(error.stack)}`;
  // A failing row and what a function was called with; the constraint's name says enough.
  if (typeof error.cause === "object") for (const name of told) Reflect.deleteProperty(error.cause, name);
  return quiet;
}

// The lines of the stack without the message, which may itself be of many lines.
function stackLines(stack = ""): string {
  return stack
    .split("\n")
    .filter((line) => /^ {4}at /.test(line))
    .join("\n");
}
