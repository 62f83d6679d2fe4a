import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { rowsOf } from "@/lib/server/rows";
import type { WordShares } from "../precedents";

const keptMs = 600_000;
let kept: { at: number; shares: Promise<WordShares> } | undefined;

/** How common words are among precedents, as the database's own statistics of their index tell; kept for 10 minutes. */
export function wordShares(db: Database): Promise<WordShares> {
  if (kept && performance.now() - kept.at < keptMs) return kept.shares;
  const shares = readShares(db);
  kept = { at: performance.now(), shares };
  shares.catch(() => (kept = undefined));
  return shares;
}

async function readShares(db: Database): Promise<WordShares> {
  const rows = await rowsOf<{ word: string; share: number }>(
    db,
    sql`select e.word, e.share from pg_stats s,
        unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs::float8[]) as e(word, share)
      where s.schemaname = current_schema() and s.tablename = 'precedents_words_idx' and e.word is not null`,
  );
  const [table] = await rowsOf<{ remembered: number | string }>(
    db,
    sql`select greatest(reltuples, 0)::float8 as remembered from pg_class
      where relname = 'precedents' and relnamespace = current_schema()::regnamespace`,
  );
  return {
    shares: new Map(rows.map(({ word, share }) => [word, share])),
    remembered: Number(table?.remembered ?? 0),
  };
}

/** Forgets what is kept: for tests and benches, where ten minutes are long. */
export function forgetShares(): void {
  kept = undefined;
}
