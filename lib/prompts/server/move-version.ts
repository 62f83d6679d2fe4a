import { and, eq, ne, sql } from "drizzle-orm";
import { promptVersions, shadowAnswers } from "@/db/schema";
import { findType } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { rowsOf } from "@/lib/server/rows";
import { record } from "@/lib/server/journal";
import type { MoveVersion, PromptView } from "../endpoints";
import { settingsOf } from "../settings";
import { maybeFrom } from "../steps";
import { checkDraft } from "./check-draft";
import {
  findPrompt,
  lockPrompt,
  promptView,
  readVersions,
  requireLive,
  type PromptRow,
  type VersionRow,
} from "./version-rows";

/**
 * Takes a prompt's version a step: into shadow beside the active one, into force (an older one: a rollback), or out of use.
 * What was there before retires. Throws `prompt_step_refused`, `gate_failed`, `validation_failed` where the version cannot be used now.
 */
export async function moveVersion(ctx: Context, input: MoveVersion): Promise<PromptView> {
  authorize(ctx, "prompts.write");
  const prompt = await findPrompt(ctx, input);
  const type = await findType(ctx, prompt.typeId);
  return inTransaction(ctx, async (ctx) => {
    requireLive((await lockPrompt(ctx, prompt.id)) ?? prompt);
    const row = await findVersion(ctx, prompt, input.version);
    requireStep(row, input.to);
    const failedGate = input.to === "active" ? await failedGateOf(ctx, row) : null;
    if (failedGate !== null) requireWord(failedGate, input);
    if (input.to !== "retired")
      await checkDraft(
        ctx,
        { model: row.modelId, messages: row.messages, settings: settingsOf(row.settings) },
        type.argumentsSchema,
      );
    const before = input.to === "retired" ? null : await retireOther(ctx, row, input.to);
    if (row.status === "shadow") await dropWaiting(ctx, row.id);
    const isActive = input.to === "active";
    await ctx.db
      .update(promptVersions)
      .set({
        status: input.to,
        ...(isActive ? { activatedBy: actorName(ctx.actor), activatedAt: sql`now()` } : {}),
      })
      .where(eq(promptVersions.id, row.id));
    const { version } = row;
    await emit(ctx, {
      type: isActive ? "prompt.activated" : "prompt.changed",
      subject: prompt.id,
      data: { app_id: prompt.appId, version, status: input.to },
    });
    const view = promptView(prompt, type, await readVersions(ctx, prompt));
    await record(ctx, isActive ? "prompt.activated" : "prompt.moved", row.id, {
      prompt: prompt.key,
      version,
      from: row.status,
      to: input.to,
      in_place_of: before,
      note: input.note,
      ...(failedGate === null ? {} : { despite_gate: failedGate.id }),
    });
    return view;
  });
}

type FailedGate = { id: string; name: string };

/** The last experiment of a version that was never in force, where its gate failed; a rollback asks nobody. */
async function failedGateOf(ctx: Context, { id, activatedAt }: VersionRow): Promise<FailedGate | null> {
  if (activatedAt !== null) return null;
  const [last] = await rowsOf<FailedGate & { verdict: string }>(
    ctx.db,
    sql`select x.id, x.name, x.gate_detail -> c.id ->> 'verdict' as verdict
      from experiment_candidates c join experiments x on x.id = c.experiment_id
      where c.prompt_version_id = ${id} and not c.is_baseline and x.org_id = ${ctx.orgId} and x.status = 'done'
        and x.gate_detail -> c.id is not null
      order by x.finished_at desc limit 1`,
  );
  return last?.verdict === "failed" ? last : null;
}

function requireWord({ name }: FailedGate, { despite_gate: isMeant, note }: MoveVersion): void {
  const message = `It failed its gate in the experiment “${name}”: it is measurably worse.`;
  if (!isMeant) {
    throw new DomainError("conflict", message, {
      code: "gate_failed",
      errors: [{ pointer: "/despite_gate", code: "gate_failed", message, fix: "Confirm it, and say why." }],
    });
  }
  if (note !== "") return;
  throw new DomainError("invalid", "/note: say why it is used all the same", {
    code: "validation_failed",
    errors: [{ pointer: "/note", code: "required", message: "say why it is used all the same" }],
  });
}

async function findVersion(ctx: Context, prompt: PromptRow, version: number): Promise<VersionRow> {
  const [row] = await ctx.db
    .select()
    .from(promptVersions)
    .where(and(eq(promptVersions.promptId, prompt.id), eq(promptVersions.version, version)));
  if (row) return row;
  throw new DomainError("not_found", `The prompt ${prompt.key} has no version ${version}.`);
}

function requireStep({ status, version }: VersionRow, to: MoveVersion["to"]): void {
  if (maybeFrom[to].includes(status)) return;
  throw new DomainError("conflict", `Version ${version} is ${status}: it cannot become ${to}.`, {
    code: "prompt_step_refused",
  });
}

/** Answers the version that had the place until now, or null. */
async function retireOther(
  ctx: Context,
  row: VersionRow,
  place: "active" | "shadow",
): Promise<number | null> {
  const [other] = await ctx.db
    .update(promptVersions)
    .set({ status: "retired" })
    .where(
      and(
        eq(promptVersions.promptId, row.promptId),
        eq(promptVersions.status, place),
        ne(promptVersions.id, row.id),
      ),
    )
    .returning({ id: promptVersions.id, version: promptVersions.version });
  if (other && place === "shadow") await dropWaiting(ctx, other.id);
  return other?.version ?? null;
}

// What the shadow has not been asked yet, it is not asked any more.
async function dropWaiting(ctx: Context, versionId: string): Promise<void> {
  await ctx.db
    .delete(shadowAnswers)
    .where(and(eq(shadowAnswers.promptVersionId, versionId), eq(shadowAnswers.status, "pending")));
}
