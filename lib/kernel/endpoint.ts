import type { z } from "zod";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Who may call: an app's key or a person's token with one of the scopes, or a signed-in person. */
export type Security = "key" | "public";

/**
 * One HTTP endpoint: the single place its shape is written. Parsing, the OpenAPI document, typed fetchers and
 * tests all read it. `params`, `query` and `body` are zod objects on the wire (snake_case).
 */
export type Endpoint<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> = {
  readonly id: string;
  readonly method: Method;
  readonly path: `/api/v1/${string}`;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly security: Security;
  readonly scope?: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Bytes a body may have, where that is more than any request's (lib/server/read-json.ts). */
  readonly bodyBytes?: number;
  readonly response: R;
  readonly status: number;
  readonly requestTypes?: readonly string[];
  /** What it answers with instead of JSON: a file. */
  readonly responseTypes?: readonly string[];
  readonly headers?: readonly { name: string; description: string; required?: boolean }[];
  /** Problem codes this endpoint can answer beside 401, 403 and 5xx, by status. */
  readonly problems?: Readonly<Record<number, string>>;
};

/** Declares an endpoint; the identity function with inference. */
export function endpoint<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  spec: Endpoint<P, Q, B, R>,
): Endpoint<P, Q, B, R> {
  return spec;
}
