import { type z, ZodObject } from "zod";
import { DomainError } from "@/lib/kernel/errors";
import type { Endpoint } from "@/lib/kernel/endpoint";
import { newId } from "@/lib/kernel/ids";
import type { Context } from "./context";
import { parseWith } from "./parse";
import { problemOf } from "./problem";
import { bodyText, jsonLimits, parseJson, requireJsonBody } from "./read-json";

/** A request as both doors see it: Next's route handlers and the lean handler in front of them. */
export type Incoming = {
  method: string;
  url: URL;
  header: (name: string) => string | null;
  params: Record<string, string>;
  body: () => Promise<Uint8Array>;
};

export type Outgoing = { status: number; headers: Record<string, string>; body: string };

export type VerbInput<P, Q, B> = { params: P; query: Q; body: B; header: Incoming["header"] };
/** What a verb behind an endpoint returns when it has more to say than a body. */
export class Reply<T> {
  constructor(
    readonly body: T,
    readonly more: { status?: number; headers?: Record<string, string> } = {},
  ) {}
}

type Handler<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> = (
  ctx: Context,
  input: VerbInput<z.output<P>, z.output<Q>, z.output<B>>,
) => Promise<z.input<R> | Reply<z.input<R>>>;

/**
 * Answers one request: authenticate, parse by the endpoint's contract, call the verb, strip the answer to its
 * contract. Every failure is an RFC 9457 problem; a request id is on everything.
 */
export async function handle<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
>(
  endpoint: Endpoint<P, Q, B, R>,
  contextOf: (incoming: Incoming, requestId: string) => Promise<Context>,
  verb: Handler<P, Q, B, R>,
  incoming: Incoming,
): Promise<Outgoing> {
  const requestId = newId("request");
  try {
    const ctx = await contextOf(incoming, requestId);
    const input = await readInput(endpoint, incoming);
    const answer = await verb(ctx, input);
    const reply = answer instanceof Reply ? answer : new Reply(answer);
    const body = endpoint.response.parse(reply.body);
    return json(reply.more.status ?? endpoint.status, body, {
      "Request-Id": requestId,
      ...reply.more.headers,
    });
  } catch (error) {
    return problem(error, requestId, incoming.url.pathname);
  }
}

async function readInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  incoming: Incoming,
): Promise<VerbInput<z.output<P>, z.output<Q>, z.output<B>>> {
  const params = endpoint.params ? parseWith(endpoint.params, incoming.params, "/params") : undefined;
  const query = endpoint.query ? readQuery(endpoint.query, incoming.url) : undefined;
  let body: unknown;
  if (endpoint.body) {
    requireJsonBody(incoming.header);
    body = parseWith(
      endpoint.body,
      parseJson(bodyText(await incoming.body(), endpoint.bodyBytes ?? jsonLimits.bytes)),
    );
  }
  // Absent parts have no schema, and a verb that takes none reads none.
  return { params, query, body, header: incoming.header } as VerbInput<z.output<P>, z.output<Q>, z.output<B>>;
}

/** The query by its contract. A name the contract does not hold is refused: a misspelt filter would answer with everything. */
function readQuery<Q extends z.ZodType>(contract: Q, url: URL): z.output<Q> {
  const query = queryOf(url);
  const known = contract instanceof ZodObject ? Object.keys(contract.shape) : Object.keys(query);
  const unknown = Object.keys(query).filter((name) => !known.includes(name));
  const [first] = unknown;
  if (first === undefined) return parseWith(contract, query, "/query");
  const fix = `There are: ${known.join(", ")}`;
  throw new DomainError("invalid", `There is no parameter ${first}. ${fix}.`, {
    code: "validation_failed",
    errors: unknown.map((name) => ({
      pointer: `/query/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
      code: "unknown_parameter",
      message: `There is no parameter ${name}`,
      fix,
    })),
  });
}

function queryOf(url: URL): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [key, value] of url.searchParams) {
    if (key === "__proto__")
      throw new DomainError("invalid", "The parameter __proto__ is not accepted", {
        code: "validation_failed",
      });
    if (value.includes("\u0000")) {
      throw new DomainError("invalid", `${key} holds a NUL character`, {
        code: "validation_failed",
        errors: [{ pointer: `/query/${key}`, code: "nul_character", message: "holds a NUL character" }],
      });
    }
    if (Object.hasOwn(query, key)) {
      throw new DomainError("invalid", `${key} is given twice`, {
        code: "validation_failed",
        errors: [
          { pointer: `/query/${key}`, code: "given_twice", message: "is given twice", fix: "Give it once" },
        ],
      });
    }
    query[key] = value;
  }
  return query;
}

/** A JSON answer that no cache keeps. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Outgoing {
  return {
    status,
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Cache-Control": "no-store",
      ...headers,
    },
    body: JSON.stringify(body),
  };
}

/** The problem document of an error, ready to send. */
export function problem(error: unknown, requestId: string, instance: string): Outgoing {
  const document = problemOf(error, { requestId, instance });
  const headers: Record<string, string> = {
    "Content-Type": "application/problem+json",
    "Cache-Control": "no-store",
    "Request-Id": requestId,
  };
  if (document.status === 429 || document.status === 503)
    headers["Retry-After"] = typeof document.retry_after === "number" ? String(document.retry_after) : "1";
  if (document.status === 401) headers["WWW-Authenticate"] = 'Bearer realm="countersign"';
  return { status: document.status, headers, body: JSON.stringify(document) };
}
