// Throughput and latency of intake and of the full cycle, each beside pgbench doing the same durable writes in the
// same run. One JSON line a figure. `--quick` runs every figure briefly, to see that the bench works; `--only=NAME`
// runs the figures of that name.
import pg from "pg";
import { Connection, drive, requestBytes, summary, type Measured } from "./load";
import {
  fiveHundredRows,
  fiveHundredSent,
  findPgbench,
  fullCycle,
  oneRow,
  pgbench,
  pgbenchTables,
  type Pgbench,
} from "./pgbench";
import { startStack, type Stack } from "./stack";

const quick = process.argv.includes("--quick");
const only = process.argv.find((argument) => argument.startsWith("--only="))?.slice("--only=".length);
const seconds = quick ? 2 : 6;
const rounds = quick ? 1 : 3;
/** Submissions made so far: each has a name of its own. */
let made = 0;
const program = findPgbench();
if (!program)
  process.stderr.write(
    "pgbench is not installed (Debian: postgresql-client-common, postgresql-15): figures come without a baseline\n",
  );

const stack = await startStack();
try {
  await withAdmin(stack, (client) => client.query(pgbenchTables));
  for (const clients of [1, 16, 64])
    await compare("submit.single", clients, 1, oneRow, () => single(stack, clients));
  for (const clients of [1, 4])
    await compare(
      "submit.batch_500",
      clients,
      500,
      fiveHundredRows,
      () => batch(stack, clients),
      fiveHundredSent,
    );
  for (const clients of [1, 16, 64])
    await compare("full_cycle", clients, 1, fullCycle, () => cycle(stack, clients));
} finally {
  await stack.stop();
}

type Side = { perSecond: number; p50Ms: number; p99Ms: number };

/** Ours and the baseline in turn, so that a drift of the machine's speed hits both; medians of the rounds. */
async function compare(
  figure: string,
  clients: number,
  rows: number,
  script: string,
  ours: () => Promise<Measured>,
  sentScript?: string,
): Promise<void> {
  if (only !== undefined && only !== figure) return;
  const measured: Measured[] = [];
  const baseline: Pgbench[] = [];
  const sent: Pgbench[] = [];
  for (let round = 0; round < rounds; round++) {
    if (program) baseline.push(pgbench(program, stack.databaseUrl, script, clients, seconds));
    if (program && sentScript) sent.push(pgbench(program, stack.databaseUrl, sentScript, clients, seconds));
    measured.push(await ours());
  }
  const us = medians(measured);
  const limit = program ? medians(baseline) : undefined;
  const line = {
    bench: "intake",
    figure,
    clients,
    per_second: round(us.perSecond * rows),
    p50_ms: round(us.p50Ms),
    p99_ms: round(us.p99Ms),
    wrong: measured.reduce((sum, one) => sum + one.wrong, 0),
    pgbench_per_second: limit && round(limit.perSecond * rows),
    pgbench_p50_ms: limit && round(limit.p50Ms),
    pgbench_p99_ms: limit && round(limit.p99Ms),
    ratio: limit && round(us.perSecond / limit.perSecond),
    // Rows made up by the server are one limit; rows that a client has to send are the other.
    ...(sent.length > 0 && {
      pgbench_sent_per_second: round(medians(sent).perSecond * rows),
      ratio_sent: round(us.perSecond / medians(sent).perSecond),
    }),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function medians(sides: readonly Side[]): Side {
  const median = (pick: (side: Side) => number) =>
    sides.map(pick).toSorted((a, b) => a - b)[Math.floor(sides.length / 2)] ?? 0;
  return {
    perSecond: median((side) => side.perSecond),
    p50Ms: median((side) => side.p50Ms),
    p99Ms: median((side) => side.p99Ms),
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function submission(typeKey: string) {
  return {
    type: typeKey,
    external_id: `bench-${process.pid}-${++made}`,
    input: {
      message:
        "I was charged twice for the same order, please look into it and refund one of the two payments.",
    },
    proposal: { arguments: { invoice: "INV-0001", amount: 1800, currency: "EUR" } },
    confidence: 0.8,
  };
}

function single({ port, key, typeKey }: Stack, clients: number): Promise<Measured> {
  return drive(port, { clients, seconds }, () => ({
    bytes: requestBytes("POST", "/api/v1/decisions", key, JSON.stringify(submission(typeKey))),
    expect: 201,
  }));
}

function batch({ port, key, typeKey }: Stack, clients: number): Promise<Measured> {
  return drive(port, { clients, seconds }, () => {
    const decisions = Array.from({ length: 500 }, () => submission(typeKey));
    return {
      bytes: requestBytes("POST", "/api/v1/decisions/batch", key, JSON.stringify({ decisions })),
      expect: 200,
    };
  });
}

/** Submit, approve by API, and wait until the action has run and is recorded. */
async function cycle({ port, key, token, typeKey }: Stack, clients: number): Promise<Measured> {
  const latencies: number[] = [];
  let wrong = 0;
  const warm = performance.now() + 1000;
  const until = warm + seconds * 1000;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      const connection = await Connection.open(port);
      const call = async <T>(method: string, at: string, auth: string, body?: object): Promise<T> => {
        const answer = await connection.send(
          requestBytes(method, at, auth, body ? JSON.stringify(body) : ""),
        );
        if (answer.status >= 300) throw new Error(`${method} ${at}: ${answer.status} ${String(answer.body)}`);
        return JSON.parse(String(answer.body)) as T;
      };
      while (performance.now() < until) {
        const started = performance.now();
        const { id, review } = await call<Submitted>("POST", "/api/v1/decisions", key, submission(typeKey));
        await call("POST", `/api/v1/reviews/${review.id}/verdict`, token, { verdict: "approve" });
        const final = await call<Final>("GET", `/api/v1/decisions/${id}/wait?timeout=30`, key);
        if (started < warm) continue;
        latencies.push(performance.now() - started);
        if (final.execution?.status !== "succeeded") wrong += 1;
      }
      connection.close();
    }),
  );
  return { ...summary(latencies, (performance.now() - warm) / 1000), wrong };
}

type Submitted = { id: string; review: { id: string } };
type Final = { execution: { status: string } | null };

async function withAdmin(stack: Stack, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
