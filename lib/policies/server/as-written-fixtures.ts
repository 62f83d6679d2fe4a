import { canonicalJson } from "@/lib/kernel/canonical";
import type { Context } from "@/lib/server/context";
import type { Fixture } from "../schema";
import { maskFor } from "./mask-for";

/**
 * Fixtures that an editor sends back, each with the decision it was made of: one that they were shown masked, and left
 * as it was, stays as it was written.
 */
export async function asWritten(
  ctx: Context,
  stored: readonly Fixture[],
  sent: readonly Fixture[],
): Promise<Fixture[]> {
  const shown = await maskFor(ctx, stored);
  const written = new Map(shown.map(({ decision }, at) => [canonicalJson(decision), stored[at]?.decision]));
  return sent.map((fixture) => ({
    ...fixture,
    decision: written.get(canonicalJson(fixture.decision)) ?? fixture.decision,
  }));
}
