import pg from "pg";
import { callUntilAnswered } from "./clients";
import type { Desks } from "./desks";
import type { Told } from "./ledger";

/** What the product says of one decision when everything is over. */
export type Standing = {
  id: string;
  external: string | null;
  /** `lost` when the API does not know it. */
  status: string;
  execution: { id: string; status: string; needsPerson: boolean } | null;
};

export type Execution = { id: string; decision_id: string; status: string; needs_person: boolean };

/** What becomes of an execution by itself: nobody has to see it, and it is not over. */
const isOpen = "status in ('pending', 'in_flight') or (status = 'unknown' and not needs_person)";

/** One question to the database, on a connection of its own. */
export async function query<T extends pg.QueryResultRow>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  // The server may be killed under it; the query says so.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

/** The processes that have a request under way, as the database sees it; none while the database is away. */
export async function sendersOf(url: string): Promise<Set<number>> {
  const text =
    "select distinct split_part(worker_id, ':', 3)::int as pid from executions where status = 'in_flight'";
  const rows = await query<{ pid: number }>(url, text).catch(() => []);
  return new Set(rows.map((row) => row.pid));
}

/** Waits until no execution is open, at most so long. Answers the decisions that still are, and how long it took. */
export async function waitForCalm(url: string, ms: number): Promise<{ stuck: Set<string>; seconds: number }> {
  const began = Date.now();
  for (;;) {
    const open = await query<{ decision_id: string }>(
      url,
      `select decision_id from executions where ${isOpen}`,
    );
    const seconds = Math.round((Date.now() - began) / 100) / 10;
    if (open.length === 0 || Date.now() - began > ms)
      return { stuck: new Set(open.map((row) => row.decision_id)), seconds };
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

export function executionsOf(url: string): Promise<Execution[]> {
  return query(
    url,
    "select id, decision_id, status, needs_person from executions where status <> 'cancelled'",
  );
}

/** Results that came back after their lease, by decision, and those of them that changed an execution all the same. */
export async function staleOf(url: string): Promise<{ refused: string[]; landed: string[] }> {
  const refused = await query<{ decision_id: string }>(
    url,
    `select e.decision_id from attempts a join executions e on e.id = a.execution_id where a.outcome = 'stale'`,
  );
  // What succeeded must have an attempt that says so, of the claim that was the last.
  const landed = await query<{ decision_id: string }>(
    url,
    `select e.decision_id from executions e where e.status = 'succeeded' and not exists (select 1 from attempts a
      where a.execution_id = e.id and a.fence = e.fence and a.outcome in ('succeeded', 'found', 'resolved'))`,
  );
  const ids = (rows: { decision_id: string }[]) => rows.map((row) => row.decision_id);
  return { refused: ids(refused), landed: ids(landed) };
}

/** Decisions whose execution holds of its budget what it should not, or not what it should; and windows that do not add up. */
export async function miscountedOf(url: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    url,
    `select e.decision_id as id from executions e where (e.status = 'succeeded') <> exists (
       select 1 from budget_reservations r where r.execution_id = e.id and r.released_at is null)
       and e.status in ('succeeded', 'failed', 'cancelled')
     union all
     select u.budget_id from budget_usage u cross join lateral (
       select coalesce(sum(r.amount), 0) as amount, count(*) as count from budget_reservations r
       where r.budget_id = u.budget_id and r.bucket = u.bucket and r.window_start = u.window_start
         and r.released_at is null) held where u.amount <> held.amount or u.count <> held.count`,
  );
  return rows.map((row) => row.id);
}

/** Asks the API for every decision a client was told of. */
export async function standingOf(base: string, desks: Desks, told: Told[], url: string): Promise<Standing[]> {
  const executions = new Map((await executionsOf(url)).map((row) => [row.decision_id, row]));
  const asked = new Map<string, string>();
  for (const line of told)
    if (line.kind === "acknowledged") asked.set(line.id, desks.desks.get(line.system)?.key ?? "");
  const standings: Standing[] = [];
  const left = [...asked];
  const reader = async () => {
    for (let one = left.pop(); one; one = left.pop()) {
      const [id, key] = one;
      const { status, body } = await callUntilAnswered(base, { path: `/api/v1/decisions/${id}`, key });
      const execution = executions.get(id);
      standings.push({
        id,
        external: status === 200 ? String(body.external_id) : null,
        status: status === 200 ? String(body.status) : "lost",
        execution: execution
          ? { id: execution.id, status: execution.status, needsPerson: execution.needs_person }
          : null,
      });
    }
  };
  await Promise.all(Array.from({ length: 8 }, reader));
  return standings;
}
