import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import * as schema from "@/db/schema";
import { aDecision, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import type { LabelSource, Prediction, Route, Truth } from "@/lib/decisions/schema";
import { recordLabel } from "@/lib/decisions/server/record-label";
import { newId } from "@/lib/kernel/ids";
import { seededRandom } from "@/lib/stats/seeded-random";

/** A decision as the test knows it, with all that any figure needs. */
export type Past = {
  id: string;
  desk: TestDesk;
  at: Date;
  route: Route;
  status: "approved" | "declined" | "in_review" | "recorded";
  predicted: Prediction;
  confidence: number | null;
  prompt: string;
  model: string;
  region: string | null;
  seconds: number;
  byPerson: boolean;
  edited: boolean;
  labels: Partial<Record<LabelSource, Truth>>;
  pi: number;
};

/** What a test wants otherwise than the dice. */
type Shape = (past: Past, place: number) => Partial<Past>;

const prompts = ["v1", "v2"];
const models = ["small", "large"];
const regions = ["north", "south", "east", null];

/** A random small history over two weeks, stored and told. */
export async function aRandomHistory(
  db: Database,
  org: TestOrg,
  desks: readonly TestDesk[],
  { n, seed, until, shaped }: { n: number; seed: number; until: Date; shaped?: Shape },
): Promise<Past[]> {
  const random = seededRandom(seed);
  const pick = <T>(of: readonly T[]): T => {
    const found = of[Math.floor(random() * of.length)];
    if (found === undefined) throw new Error("nothing to pick from");
    return found;
  };
  for (const desk of desks) {
    await db
      .update(schema.decisionTypes)
      .set({
        segments: [{ key: "region", name: "Region", pointer: "/customer/region" }],
        costWrongYes: 1000,
        costWrongNo: 300,
      })
      .where(eq(schema.decisionTypes.id, desk.type));
  }
  const all: Past[] = [];
  for (let at = 0; at < n; at += 1) {
    const route = pick(["execute", "decline", "review", "review", "shadow"] as const);
    const truth: Truth = random() < 0.6 ? "positive" : "negative";
    const predicted: Prediction =
      route === "execute"
        ? "positive"
        : route === "decline"
          ? "negative"
          : random() < 0.8
            ? truth
            : flip(truth);
    const pi = pick([1, 0.5, 0.2]);
    const alone = route === "execute" || route === "decline";
    const past: Past = {
      id: newId("decision"),
      desk: pick(desks),
      at: new Date(until.getTime() - Math.floor(random() * 14 * 86_400_000)),
      route,
      status: route === "review" ? pick(["approved", "declined", "in_review"] as const) : statusOf[route],
      predicted,
      confidence: random() < 0.9 ? Math.round(random() * 1000) / 1000 : null,
      prompt: pick(prompts),
      model: pick(models),
      region: pick(regions),
      seconds: 1 + Math.floor(random() * 5000),
      byPerson: route === "review",
      edited: random() < 0.3,
      labels: {
        ...(random() < 0.3 ? { outcome: truth } : {}),
        ...(alone && random() < 0.6 ? { audit: random() < 0.9 ? truth : flip(truth) } : {}),
      },
      pi: alone ? pi : 1,
    };
    if (past.status === "approved" && past.byPerson) past.labels.review = "positive";
    if (past.status === "declined" && past.byPerson) past.labels.review = "negative";
    all.push({ ...past, ...shaped?.(past, at) });
  }
  for (const past of all) await store(db, org, past);
  return all;
}

const statusOf = { execute: "approved", decline: "declined", shadow: "recorded" } as const;
const flip = (truth: Truth): Truth => (truth === "positive" ? "negative" : "positive");

async function store(db: Database, org: TestOrg, past: Past): Promise<void> {
  const { desk, at, byPerson } = past;
  const settled = past.status === "approved" || past.status === "declined";
  await aDecision(db, org, desk, {
    id: past.id,
    route: past.route,
    predicted: past.predicted,
    status: past.status,
    level: "auto",
    confidence: past.confidence,
    promptVersion: past.prompt,
    model: { provider: "test", name: past.model },
    input: { message: "x", customer: past.region === null ? {} : { region: past.region } },
    piLabel: past.pi,
    piRef: past.pi,
    createdAt: at,
    decidedBy: settled ? (byPerson ? "user:usr_test" : "router") : null,
    decidedAt: settled ? new Date(at.getTime() + past.seconds * 1000) : null,
    editedArguments:
      byPerson && past.status === "approved" && past.edited
        ? { invoice: "INV-0001", amount: 1700, currency: "EUR" }
        : null,
    // What is to be carried out is another story's.
    withExecution: past.status === "approved",
    withReview: false,
  });
  for (const source of ["review", "audit", "outcome"] as const) {
    const truth = past.labels[source];
    const piLabel = source === "audit" ? past.pi : 1;
    if (truth) {
      await recordLabel(org.system, { decisionId: past.id, source, truth, piLabel, actor: "system:test" });
    }
  }
}

/** The label that counts, and what it weighs: an outcome over an audit over a review. */
export function known(past: Past): { truth: Truth; weight: number } | null {
  const { outcome, audit, review } = past.labels;
  if (outcome) return { truth: outcome, weight: 1 };
  if (audit) return { truth: audit, weight: 1 / past.pi };
  return review ? { truth: review, weight: 1 } : null;
}
