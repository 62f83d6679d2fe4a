// Many people ruling at once on one database: that nothing is ruled on twice or lost, and how long a verdict takes to be
// written while a hundred reviewers have an item open. One JSON line a figure; `--quick` runs both briefly.
import { setTimeout as wait } from "node:timers/promises";
import { sql } from "drizzle-orm";
import pg from "pg";
import { connect } from "@/db/client";
import { anOrg, aRefundDesk, type TestOrg } from "@/db/testing-fixtures";
import { ClaimNext } from "@/lib/reviews/schema";
import { claimNextReview } from "@/lib/reviews/server/claim-next-review";
import { giveVerdict } from "@/lib/reviews/server/give-verdict";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { benchDatabase } from "./database";
import { summary } from "./load";
import { seedLists } from "./seed-lists";

const quick = process.argv.includes("--quick");
const racing = { reviewers: 20, items: quick ? 200 : 1000 };
const paced = { reviewers: 100, seconds: quick ? 5 : 30, thinkMs: 2000 };
const barMs = 80;

const postgres = await benchDatabase("reviewers");
const connection = connect(postgres.url, { max: 10 });
try {
  const needed = Math.ceil((paced.reviewers * paced.seconds * 1000) / paced.thinkMs) + paced.reviewers;
  const { org, people } = await office(needed + racing.items, paced.reviewers);
  await pace(people);
  // The rest is worked through at once, by fewer.
  await race(org, people.slice(0, racing.reviewers));
} finally {
  await connection.close();
  await postgres.stop();
}

/** An organisation of its own in which so many reviews wait, and its reviewers. */
async function office(open: number, reviewers: number): Promise<{ org: TestOrg; people: Context[] }> {
  const org = await anOrg(connection.db);
  const desk = () => aRefundDesk(connection.db, org);
  const desks = { common: await desk(), some: await desk(), rare: await desk() };
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await seedLists(client, org, desks, { open, past: 10 * open });
  await client.end();
  await connection.db.execute(
    sql`update reviews set status = 'open', claimed_by = null, lease_until = null, snoozed_until = null
      where org_id = ${org.orgId} and status in ('claimed', 'snoozed')`,
  );
  const people: Context[] = [];
  for (let i = 0; i < reviewers; i++) people.push(await org.person("reviewer"));
  return { org, people };
}

/** Everybody takes the next and rules, as fast as it goes, until nothing is left. */
async function race(org: TestOrg, people: readonly Context[]): Promise<void> {
  const before = await tally(org);
  const began = performance.now();
  const ruled = (await Promise.all(people.map((person) => workThrough(person)))).flat();
  const seconds = (performance.now() - began) / 1000;
  const after = await tally(org);
  print({
    figure: "race",
    reviewers: people.length,
    items: before.open,
    per_second: round(ruled.length / seconds),
    ruled_twice: ruled.length - new Set(ruled).size + (after.resolutions - before.resolutions - ruled.length),
    lost: after.open,
  });
}

async function workThrough(person: Context): Promise<string[]> {
  const ruled: string[] = [];
  for (;;) {
    const { review } = await claimNextReview(person, ClaimNext.parse({}));
    if (!review) return ruled;
    await giveVerdict(person, { params: { review: review.id }, body: { verdict: "approve" } });
    ruled.push(review.id);
  }
}

/** A hundred people with an item open each, who look at it for a while and rule. */
async function pace(people: readonly Context[]): Promise<void> {
  const [verdicts, claims]: [number[], number[]] = [[], []];
  const until = performance.now() + paced.seconds * 1000;
  await Promise.all(
    people.map(async (person) => {
      // They do not all come in at the same moment.
      await wait(Math.random() * paced.thinkMs);
      while (performance.now() < until) {
        const at = performance.now();
        const { review } = await claimNextReview(person, ClaimNext.parse({}));
        if (!review) return;
        claims.push(performance.now() - at);
        await wait(Math.random() * 2 * paced.thinkMs);
        const began = performance.now();
        await giveVerdict(person, { params: { review: review.id }, body: { verdict: "approve" } });
        verdicts.push(performance.now() - began);
      }
    }),
  );
  const p95 = percentile(verdicts, 0.95);
  print({
    figure: "verdict_write",
    reviewers: people.length,
    verdicts: verdicts.length,
    per_second: round(verdicts.length / paced.seconds),
    p50_ms: round(summary(verdicts, 1).p50Ms),
    p95_ms: round(p95),
    claim_p50_ms: round(percentile(claims, 0.5)),
    claim_p95_ms: round(percentile(claims, 0.95)),
    within: p95 <= barMs,
  });
}

async function tally({ orgId }: TestOrg): Promise<{ open: number; resolutions: number }> {
  const [row] = await rowsOf<{ open: number; resolutions: number }>(
    connection.db,
    sql`select (select count(*)::int from reviews where org_id = ${orgId} and status <> 'resolved') as open,
      (select count(*)::int from events where org_id = ${orgId} and type = 'review.resolved') as resolutions`,
  );
  return row ?? { open: 0, resolutions: 0 };
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify({ bench: "reviewers", ...line })}\n`);
}
