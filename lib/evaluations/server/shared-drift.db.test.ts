import { and, eq, inArray, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { checkDrift } from "@/lib/monitors/server/check-drift";
import { setDriftReference } from "@/lib/monitors/server/set-drift-reference";
import { absent, aSharedDesk, enter, knownAnswer, rowsOfFile, type Case } from "./testing-shared-files";

const { db } = await testDatabase();
beforeAll(() => {
  process.env.COUNTERSIGN_AUDIT_SECRET = "a-secret-of-the-tests";
  process.env.COUNTERSIGN_ENCRYPTION_KEY = Buffer.alloc(32, 7).toString("base64");
});

type Desk = Awaited<ReturnType<typeof aSharedDesk>>;

/** Enters what was and what is, moves what was to three days ago, and has the two compared as a person would. */
async function compared(reference: readonly Case[], current: readonly Case[]) {
  const desk = await aSharedDesk(db);
  await enter(desk, reference);
  await moveBack(desk, reference);
  await enter(desk, current);
  const pair = { app: desk.desk.app, type: desk.desk.type };
  const at = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  await setDriftReference(desk.org.admin, { ...pair, mode: "pinned", window: { from: at(4), to: at(2) } });
  const { data } = await checkDrift(desk.org.admin, pair);
  return (feature: string) => data.find((check) => check.feature === feature);
}

async function moveBack({ org }: Desk, cases: readonly Case[]): Promise<void> {
  const { decisions } = schema;
  for (let at = 0; at < cases.length; at += 5000) {
    const ids = cases.slice(at, at + 5000).map(({ id }) => id);
    await db
      .update(decisions)
      .set({ createdAt: sql`now() - interval '3 days'` })
      .where(and(eq(decisions.orgId, org.orgId), inArray(decisions.externalId, ids)));
  }
}

/** As many cases of each segment as the counts say. */
const ofCounts = (name: string, counts: readonly number[]): Case[] =>
  counts.flatMap((count, segment) =>
    Array.from({ length: count }, (_, at) => ({
      id: `${name}-${segment}-${at}`,
      confidence: 0.5,
      predicted: true,
      actual: true,
      segment: `part-${segment}`,
    })),
  );

type PsiKnown = { ref: number[]; cur: number[]; psi: number };
type JsKnown = { ref: number[]; cur: number[]; js_distance_base2: number };

test.skipIf(absent)(
  "shares entered as decisions give the known PSI and Jensen–Shannon distance",
  async () => {
    const n = 400;
    const js = knownAnswer<JsKnown>("js");
    for (const [place, { ref, cur, psi }] of knownAnswer<PsiKnown[]>("psi").entries()) {
      const counts = (shares: readonly number[]) => shares.map((share) => Math.round(share * n));
      const value = await compared(
        ofCounts(`ref-${place}`, counts(ref)),
        ofCounts(`cur-${place}`, counts(cur)),
      );
      expect(value("/segment")?.psi).toBeCloseTo(psi, 12);
      if (ref.length === js.ref.length) expect(value("/segment")?.js).toBeCloseTo(js.js_distance_base2, 12);
    }
  },
);

/** PSI written out anew over the reference's deciles: nothing of the room's own arithmetic. */
function directPsi(reference: number[], current: number[]): number {
  const sorted = reference.toSorted((a, b) => a - b);
  const edges = Array.from({ length: 9 }, (_, at) => {
    const rank = ((sorted.length - 1) * (at + 1)) / 10;
    const [low, high] = [sorted[Math.floor(rank)] ?? 0, sorted[Math.ceil(rank)] ?? 0];
    return low + (high - low) * (rank - Math.floor(rank));
  }).filter((edge, at, all) => all.indexOf(edge) === at);
  const shares = (values: number[]) => {
    const counts = Array.from({ length: edges.length + 1 }, () => 0);
    for (const value of values) {
      const bin = edges.filter((edge) => value > edge).length;
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    return counts.map((count) => Math.max(count / values.length, 1e-4));
  };
  const [before, now] = [shares(reference), shares(current)];
  return before.reduce((sum, p, at) => sum + ((now[at] ?? 0) - p) * Math.log((now[at] ?? 0) / p), 0);
}

const files = [
  // What was asked changed from school science and everyday sense to what is asked of students.
  {
    name: "mcqa_gpt4turbo_msp",
    isReference: ({ segment }: Record<string, string>) => segment === "arc" || segment === "hellaswag",
  },
  {
    name: "mmlupro_gpt4o_verbal_logit",
    isReference: ({ segment }: Record<string, string>) => (segment ?? "") < "history",
  },
  { name: "cifar10_vgg16_msp", isReference: ({ id }: Record<string, string>) => Number(id) < 5000 },
];

test.skipIf(absent).each(files)(
  "the confidences of $name, one part against the other, give the PSI that direct computation gives",
  { timeout: 900_000 },
  async ({ name, isReference }) => {
    const rows = rowsOfFile(`${name}.csv`).filter(({ confidence }) => confidence !== "");
    const cases = (some: Record<string, string>[]) =>
      some.slice(0, 4000).map(({ id, confidence, correct, segment }): Case => ({
        id: `${name}-${id}`,
        confidence: Number(confidence),
        predicted: true,
        actual: correct === "1",
        ...(segment === undefined ? {} : { segment }),
      }));
    const [before, now] = [cases(rows.filter(isReference)), cases(rows.filter((row) => !isReference(row)))];
    const value = await compared(before, now);
    const confidences = (some: Case[]) => some.flatMap(({ confidence }) => confidence ?? []);
    expect(value("confidence")?.psi).toBeCloseTo(directPsi(confidences(before), confidences(now)), 12);
  },
);
