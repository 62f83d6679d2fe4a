import { headers } from "next/headers";
import type { z } from "zod";
import type { ActionResult } from "@/lib/kernel/action-result";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import type { Context } from "./context";
import { isOwnOrigin } from "./origin";
import { parseWith } from "./parse";
import { problemOf } from "./problem";

/**
 * A server action from a schema and a verb, behind one guard: the request's Origin must be the configured one (a
 * missing one is foreign), the session and role are read again, the input is parsed.
 */
export function action<C extends Context, S extends z.ZodType, T>(
  contextOf: (requestId: string) => Promise<C>,
  schema: S,
  verb: (ctx: C, input: z.output<S>) => Promise<T>,
) {
  return async (input: z.input<S>): Promise<ActionResult<T>> => {
    const requestId = newId("request");
    try {
      if (!isOwnOrigin((await headers()).get("origin"))) {
        throw new DomainError("forbidden", "The request came from another site", {
          code: "foreign_origin",
        });
      }
      const ctx = await contextOf(requestId);
      return { ok: true, data: await verb(ctx, parseWith(schema, input)) };
    } catch (error) {
      const {
        code,
        detail,
        errors,
        type: _type,
        title: _title,
        status: _status,
        instance: _instance,
        request_id: _id,
        retryable: _retryable,
        ...extra
      } = problemOf(error, { requestId });
      return { ok: false, error: { code, message: detail, requestId, errors, extra } };
    }
  };
}
