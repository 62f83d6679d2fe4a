import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { NewCandidate, NewExperiment } from "../experiments";
import type { Candidate } from "./experiment-job";

/** A candidate whose version was found to be the app's own. */
export type ReadyCandidate = Omit<Candidate, "id">;

type Owner = { app_id: string; type_id: string };
type Found = { name: string; priced: boolean; archived?: boolean };

/** The candidates that a request names, each looked up. Throws `validation_failed` with a pointer to the one that is not. */
export async function candidatesFor(
  ctx: Context,
  owner: Owner,
  { candidates, cost_cap_micros }: NewExperiment,
): Promise<ReadyCandidate[]> {
  if (candidates.filter(({ baseline }) => baseline).length > 1) {
    throw wrongPart("/candidates", "name more than one baseline");
  }
  const seen = new Set(candidates.map(({ kind, id }) => `${kind} ${id ?? ""}`));
  if (seen.size < candidates.length) throw wrongPart("/candidates", "name the same thing twice");
  const baseline = Math.max(
    0,
    candidates.findIndex((one) => one.baseline),
  );
  const ready: ReadyCandidate[] = [];
  for (const [index, asked] of candidates.entries()) {
    const found = await find(ctx, owner, asked, `/candidates/${index}`);
    if (cost_cap_micros !== undefined && !found.priced) {
      throw wrongPart(
        `/candidates/${index}`,
        "is asked of a model whose price is not known, so no cap can be kept",
        "Enter the model's prices, or leave the cap out.",
      );
    }
    const { kind, id = null } = asked;
    ready.push({
      kind,
      name: asked.name ?? found.name,
      isBaseline: index === baseline,
      promptVersionId: kind === "prompt" ? id : null,
      artifactId: kind === "local_model" ? id : null,
      policyVersionId: kind === "policy" ? id : null,
    });
  }
  return ready;
}

async function find(ctx: Context, owner: Owner, { kind, id }: NewCandidate, pointer: string): Promise<Found> {
  if (kind === "recorded") return { name: "As recorded", priced: true };
  if (id === undefined) throw wrongPart(`${pointer}/id`, "is needed for this kind");
  const [found] = await rowsOf<Found>(ctx.db, lookup(ctx, owner, kind, id));
  if (!found) throw wrongPart(`${pointer}/id`, "is none of this app and decision type");
  if (found.archived) throw wrongPart(`${pointer}/id`, "is archived", "Bring it back, or name another one.");
  return found;
}

function lookup(
  ctx: Context,
  { app_id, type_id }: Owner,
  kind: Exclude<NewCandidate["kind"], "recorded">,
  id: string,
): SQL {
  if (kind === "prompt") {
    return sql`select p.name || ' v' || v.version as name, m.provider = 'local'
        or (m.input_price_micros is not null and m.output_price_micros is not null) as priced,
        p.archived_at is not null as archived
      from prompt_versions v join prompts p on p.id = v.prompt_id join models m on m.id = v.model_id
      where v.id = ${id} and v.org_id = ${ctx.orgId} and p.app_id = ${app_id} and p.type_id = ${type_id}`;
  }
  if (kind === "local_model") {
    return sql`select 'Trained model ' || version as name, true as priced from model_artifacts
      where id = ${id} and org_id = ${ctx.orgId} and app_id = ${app_id} and type_id = ${type_id}`;
  }
  return sql`select p.name || ' v' || v.number as name, true as priced, p.archived_at is not null as archived from policy_versions v
    join policies p on p.id = v.policy_id
    where v.id = ${id} and v.org_id = ${ctx.orgId} and (p.app_id is null or p.app_id = ${app_id})`;
}

/** A part of a request that is wrong, by its pointer. */
export function wrongPart(pointer: string, message: string, fix?: string): DomainError {
  return new DomainError("invalid", `${pointer.slice(1).replaceAll("/", " ")} ${message}`, {
    code: "validation_failed",
    errors: [{ pointer, code: "invalid", message, ...(fix ? { fix } : {}) }],
  });
}
