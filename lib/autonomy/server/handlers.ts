import type { Context } from "@/lib/server/context";
import type { VerbInput } from "@/lib/server/handle";

/** A verb whose input is what the path names and the query says. */
export function fromParamsAndQuery<P extends object, Q extends object, O>(
  verb: (ctx: Context, input: P & Q) => Promise<O>,
) {
  return (ctx: Context, { params, query }: VerbInput<P, Q, unknown>) => verb(ctx, { ...params, ...query });
}
