import { callUntilAnswered } from "./clients";
import type { Desks } from "./desks";
import type { Effect } from "./ledger";
import type { Standing } from "./standing";

/**
 * What a person does who did not approve it: looks into the system's own ledger, and says over the API what became of
 * each execution that nobody else can settle. Answers how many were settled.
 */
export async function resolveByHand(
  base: string,
  desks: Desks,
  standings: Standing[],
  effects: Map<string, Effect[]>,
): Promise<number> {
  let resolved = 0;
  for (const { id, execution } of standings) {
    if (!execution || !isForAPerson(execution)) continue;
    const [effect] = effects.get(id) ?? [];
    const found = effect
      ? { status: "succeeded", reference: effect.reference, note: "Its ledger has it" }
      : { status: "failed", note: "Its ledger does not have it" };
    const { status, body } = await callUntilAnswered(base, {
      method: "POST",
      path: `/api/v1/executions/${execution.id}/resolve`,
      key: desks.other,
      body: found,
    });
    if (status !== 200)
      throw new Error(`a resolution was answered ${status}: ${JSON.stringify(body).slice(0, 300)}`);
    resolved += 1;
  }
  return resolved;
}

/** True for an execution that stays as it is until a person settles it. */
export function isForAPerson({ status, needsPerson }: { status: string; needsPerson: boolean }): boolean {
  return status === "dead" || status === "disputed" || (status === "unknown" && needsPerson);
}
