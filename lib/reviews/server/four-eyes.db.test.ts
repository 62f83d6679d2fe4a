import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import type { Context } from "@/lib/server/context";
import { handle } from "@/lib/server/handle";
import { incomingOf } from "@/lib/server/serve";
import { giveVerdictEndpoint } from "../endpoints";
import type { Ruling } from "../schema";
import { commitDueVerdicts } from "./commit-due-verdicts";
import { giveOne } from "./give-one";
import { giveVerdict } from "./give-verdict";
import { stageVerdict } from "./stage-verdict";
import { minutesFromNow, setReview, storedReview } from "./testing";
import { aRuledReview, stateOf } from "./testing-four-eyes";
import { bypassRoutes, type BypassRoute } from "./testing-four-eyes-routes";

const { db } = await testDatabase();

type Attempt = { who: Context; reviewId: string; ruling: Ruling };
/** Every door a verdict comes in by; each answers the code of what stopped it. */
const doors: Record<string, (attempt: Attempt) => Promise<unknown>> = {
  "over HTTP": async ({ who, reviewId, ruling }) => {
    const request = new Request(`http://localhost/api/v1/reviews/${reviewId}/verdict`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(ruling),
    });
    const incoming = incomingOf(request, { review: reviewId });
    const answer = await handle(giveVerdictEndpoint, () => Promise.resolve(who), giveVerdict, incoming);
    expect(answer.status).toBe(403);
    return (JSON.parse(answer.body) as { code: string }).code;
  },
  "on screen": (attempt) =>
    isAtOnce(attempt.ruling) ? atOnce(attempt) : codeOf(stageVerdict(attempt.who, attempt)),
  "among many at once": async (attempt) => {
    const { who, reviewId, ruling } = attempt;
    if (isAtOnce(ruling) || (ruling.verdict !== "approve" && ruling.verdict !== "decline"))
      return atOnce(attempt);
    const { version } = await storedReview(db, reviewId);
    const given = await giveOne(who, { reviewId, version, ruling }).catch((error: { code: string }) => ({
      ok: false as const,
      code: error.code,
    }));
    return given.ok ? "given" : given.code;
  },
  "staged, when it would take effect": async (attempt) => {
    const { who, reviewId, ruling } = attempt;
    if (who.actor.kind !== "user" || isAtOnce(ruling)) return atOnce(attempt);
    await stagedBehind(who, reviewId, ruling);
    const before = await setRole(who);
    const done = await commitDueVerdicts({ ...who, actor: { kind: "system", id: "test" } });
    await before.back();
    expect(done).toEqual({ committed: 0, reopened: 1 });
    const [told] = (await db.select().from(schema.events).where(eq(schema.events.subject, reviewId))).filter(
      ({ type }) => type === "review.unstaged",
    );
    return told?.data["reason"];
  },
};

describe.each(Object.keys(doors))("every way round four eyes is refused %s, and nothing changes", (door) => {
  test("there are twelve and more", () => expect(bypassRoutes.length).toBeGreaterThanOrEqual(12));

  test.each(bypassRoutes)("$title: $code", async (route: BypassRoute) => {
    const world = await (route.made ?? aRuledReview)(db);
    await route.before?.(world, db);
    const who = await route.who(world, db);
    const reviewId = await world.live();
    const ruling = route.ruling ?? { verdict: "approve" };
    const seen = await stateOf(db, world.decisionId);
    expect(await doors[door]?.({ who, reviewId, ruling })).toBe(route.code);
    const now = await stateOf(db, world.decisionId);
    expect(withoutClaim(now)).toEqual(withoutClaim(seen));
    expect(now).toMatchObject({ executions: 0 });
  });
});

test("whoever may not is refused on record, by the rule's name", async () => {
  const { approve, ana, live } = await aRuledReview(db);
  await approve(ana);
  const reviewId = await live();
  await expect(approve(ana, reviewId)).rejects.toMatchObject({ kind: "forbidden" });
  const entries = await db.select().from(schema.journal).where(eq(schema.journal.subject, reviewId));
  expect(entries.map(({ action, entry }) => [action, JSON.parse(entry).data])).toEqual([
    ["review.refused", { rule: "already_approved" }],
  ]);
});

// A broken glass has no undo time and is never of many: it comes in one way.
const isAtOnce = (ruling: Ruling): boolean => "break_glass" in ruling;
const atOnce = ({ who, reviewId, ruling }: Attempt) =>
  codeOf(giveVerdict(who, { params: { review: reviewId }, body: ruling }));

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
    return "given";
  } catch (error) {
    return (error as { code: unknown }).code;
  }
}

// A verdict that got onto the screen before the rule came: it must not take effect.
async function stagedBehind({ actor }: Context, reviewId: string, ruling: Ruling): Promise<void> {
  const by = `user:${actor.id}`;
  await setReview(db, reviewId, {
    status: "claimed",
    claimedBy: by,
    stagedVerdict: ruling.verdict,
    stagedBy: by,
    stagedAt: new Date(),
    effectiveAt: minutesFromNow(-1),
    note: "note" in ruling ? ruling.note : null,
  });
}

// The role a context was given for the attempt, also in the table: the timer reads it there.
async function setRole({ actor }: Context) {
  const of = eq(schema.users.id, actor.id);
  const [before] = await db.select({ role: schema.users.role }).from(schema.users).where(of);
  if (actor.kind === "user") await db.update(schema.users).set({ role: actor.role }).where(of);
  return {
    back: () =>
      db
        .update(schema.users)
        .set({ role: before?.role ?? "reviewer" })
        .where(of),
  };
}

// Claiming changes nothing that four eyes is about.
function withoutClaim(state: Record<string, unknown> | undefined) {
  return JSON.parse(JSON.stringify(state ?? {}).replaceAll('"claimed"', '"open"')) as unknown;
}
