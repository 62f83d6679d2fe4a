import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { PacedConnector } from "./hold-limits";

/** How many sends a connector has room for: by its rate now, and under way at once. Null: as many as you like. */
export type Pace = {
  id: string;
  tokens: number | null;
  concurrency: number | null;
  /** The database's time at which `tokens` were there. */
  at: string;
};

/**
 * Holds the paces of these connectors until the transaction ends, so that what several workers claim adds up, and
 * answers how many whole sends each rate allows now. A bucket holds a quarter of a second's sends, at least one.
 */
export async function holdPaces(ctx: Context, paced: readonly PacedConnector[]): Promise<Pace[]> {
  authorize(ctx, "system.run");
  if (paced.length === 0) return [];
  const items = JSON.stringify(
    paced.map(({ id, rate }) => ({ id, tokens: Math.floor(bucketOf(rate) * 1000) })),
  );
  // The update changes nothing: it takes the lock and reads what the last one to hold it left.
  const held = await rowsOf<{ id: string; tokens: number; seconds: number; at: string }>(
    ctx.db,
    sql`insert into connector_paces (connector_id, tokens, filled_at)
      select i.id, i.tokens, clock_timestamp() from jsonb_to_recordset(${items}::jsonb) as i(id text, tokens int) order by i.id
      on conflict (connector_id) do update set tokens = connector_paces.tokens
      returning connector_id as id, tokens, clock_timestamp()::text as at,
        greatest(extract(epoch from clock_timestamp() - filled_at), 0)::float8 as seconds`,
  );
  const byId = new Map(held.map((row) => [row.id, row]));
  return paced.map(({ id, rate, concurrency }) => {
    const bucket = byId.get(id);
    const filled = (bucket?.tokens ?? 0) / 1000 + (bucket?.seconds ?? 0) * (rate ?? 0);
    return {
      id,
      concurrency,
      tokens: rate === null ? null : Math.min(bucketOf(rate), filled),
      at: bucket?.at ?? "now",
    };
  });
}

/** Takes one token a send out of the buckets that `holdPaces` answered; connectors without a rate have none. */
export async function spendTokens(
  ctx: Context,
  paces: readonly Pace[],
  sent: ReadonlyMap<string, number>,
): Promise<void> {
  authorize(ctx, "system.run");
  const spent = paces.flatMap(({ id, tokens, at }) => {
    const sends = sent.get(id) ?? 0;
    return tokens === null || sends === 0 ? [] : { id, at, tokens: Math.floor((tokens - sends) * 1000) };
  });
  if (spent.length === 0) return;
  await rowsOf(
    ctx.db,
    sql`update connector_paces p set tokens = i.tokens, filled_at = i.at
      from jsonb_to_recordset(${JSON.stringify(spent)}::jsonb) as i(id text, tokens int, at timestamptz) where p.connector_id = i.id`,
  );
}

function bucketOf(rate: number | null): number {
  return Math.max(1, (rate ?? 0) / 4);
}
