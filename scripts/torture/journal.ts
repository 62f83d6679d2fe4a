import { setTimeout as sleep } from "node:timers/promises";
import { query } from "./standing";

const sealingMs = 10_000;

/**
 * What is wrong with the journal in the end: decisions and outcomes that it does not have, links of its chain that do
 * not hold, entries that were never sealed.
 */
export async function journalFaultsOf(url: string): Promise<string[]> {
  await untilSealed(url);
  const rows = await query<{ id: string }>(
    url,
    `with links as (select seq, prev, hash, entry, lag(seq, 1, 0::bigint) over w as seq_before,
         lag(hash, 1, repeat('0', 64)) over w as hash_before from journal where seq is not null window w as (order by seq))
     select 'link ' || seq as id from links where seq <> seq_before + 1 or prev <> hash_before
       or hash <> encode(sha256(convert_to(prev || entry, 'UTF8')), 'hex')
     union all select 'unsealed ' || id from journal where seq is null
     union all select 'head' from journal_heads h where not exists (
       select 1 from journal j where j.seq = h.seq and j.hash = h.hash
         and j.seq = (select max(k.seq) from journal k where k.org_id = h.org_id))`,
  );
  const unrecorded = await query<{ id: string }>(
    url,
    `select d.id from decisions d where not exists (
       select 1 from journal j where j.action = 'decisions.submitted' and strpos(j.entry, d.id) > 0)
     union all
     select e.decision_id from executions e where e.status in ('succeeded', 'failed', 'dead') and not exists (
       select 1 from journal j where j.action like 'execution%' and strpos(j.entry, e.id) > 0)`,
  );
  return [...rows, ...unrecorded].map(({ id }) => id);
}

async function untilSealed(url: string): Promise<void> {
  const deadline = Date.now() + sealingMs;
  for (;;) {
    const open = await query(url, "select 1 from journal where seq is null limit 1");
    if (open.length === 0 || Date.now() > deadline) return;
    await sleep(200);
  }
}
