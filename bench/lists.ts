// First pages of the lists with 100,000 reviews open and 1,000,000 decisions past, beside the same verbs with 10,000 of
// each in the same run. One JSON line a figure. `--quick` takes a tenth of it; `--open=N --past=N --small=N` any size;
// `--only=NAME` the figures whose names begin so.
import pg from "pg";
import { connect } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { benchDatabase } from "./database";
import { figuresOf } from "./list-figures";
import type { Figure, Setup } from "./list-setup";
import { summary } from "./load";
import { readsOf } from "./next-figures";
import { seedLists, type Size } from "./seed-lists";

const quick = process.argv.includes("--quick");
const size: Size = {
  open: numberOf("open") ?? (quick ? 10_000 : 100_000),
  past: numberOf("past") ?? (quick ? 100_000 : 1_000_000),
};
const small = numberOf("small") ?? (quick ? 1000 : 10_000);
const only = valueOf("only") ?? "";
const rounds = quick ? 15 : 40;
const bars = { p95Ms: 300, ratio: 1.5, mostRead: 1000 };

const postgres = await benchDatabase("lists");
let over = 0;
try {
  const large = await fill(postgres.url, size);
  const other = await another(postgres.url, "small");
  const few = await fill(other, { open: small, past: small });
  for (const figure of await figuresOf(large)) {
    const twin = (await figuresOf(few)).find(({ name }) => name === figure.name);
    if (!twin || !figure.name.startsWith(only)) continue;
    await compare(figure, twin);
    if (figure.reads) await explain(large, figure.name, figure.reads);
  }
  await large.close();
  await few.close();
} finally {
  await postgres.stop();
}
print({ figure: "over_a_bar", count: over });
process.exitCode = over > 0 ? 1 : 0;

/** The two in turn, so that a drift of the machine's speed hits both. */
async function compare(large: Figure, few: Figure): Promise<void> {
  const [big, little]: [number[], number[]] = [[], []];
  let rows = 0;
  for (let round = -3; round < rounds; round++) {
    const at = performance.now();
    rows = await large.run();
    const between = performance.now();
    await few.run();
    if (round < 0) continue;
    big.push(between - at);
    little.push(performance.now() - between);
  }
  const [ours, base] = [summary(big, 1), summary(little, 1)];
  const p95 = percentile(big, 0.95);
  const ratio = ours.p50Ms / base.p50Ms;
  const within = p95 <= bars.p95Ms && ratio <= bars.ratio;
  if (!within) over += 1;
  print({
    figure: large.name,
    rows,
    p50_ms: round(ours.p50Ms),
    p95_ms: round(p95),
    small_p50_ms: round(base.p50Ms),
    small_p95_ms: round(percentile(little, 0.95)),
    ratio: round(ratio),
    within,
  });
}

/** Whether it was read by its index, and no more of it than a page needs: the database's own counts of one run. */
async function explain(setup: Setup, figure: string, index: string): Promise<void> {
  const reads = await readsOf(setup, figure);
  const most = Math.max(...Object.values(reads.indexes), 0);
  const within = (reads.indexes[index] ?? 0) > 0 && reads.sequential === 0 && most <= bars.mostRead;
  if (!within) over += 1;
  print({ figure: `${figure}.read_by`, index, ...reads, within });
}

/** Fills a migrated database with so much. */
async function fill(url: string, size: Size): Promise<Setup> {
  const began = performance.now();
  const connection = connect(url, { max: 4 });
  const org = await anOrg(connection.db);
  const desks = {
    common: await aRefundDesk(connection.db, org),
    some: await aRefundDesk(connection.db, org),
    rare: await aRefundDesk(connection.db, org),
  };
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await seedLists(client, org, desks, size);
  await client.end();
  print({ figure: "seed", ...size, seconds: round((performance.now() - began) / 1000) });
  return { url, ctx: org.reviewer, admin: org.admin, desks, size, close: connection.close };
}

/** A second migrated database on the same server. */
async function another(url: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const address = new URL(url);
  address.pathname = `/${name}`;
  await migrateDatabase(address.href);
  return address.href;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function valueOf(name: string): string | undefined {
  return process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
}

function numberOf(name: string): number | undefined {
  const value = valueOf(name);
  return value === undefined ? undefined : Number(value);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify({ bench: "lists", ...line })}\n`);
}
