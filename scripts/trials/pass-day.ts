import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { foldEpoch } from "@/lib/autonomy/server/fold-epoch";
import { lookAtContracts } from "@/lib/autonomy/server/look-at-contracts";
import { rowsOf } from "@/lib/server/rows";
import type { Context } from "@/lib/server/context";

type Standing = { stale: string | null };

/**
 * Makes a day of one contract go by: everything that happened to it happened a day earlier, its evidence is counted again
 * with those dates, and the nightly look is taken. The verbs are those a worker's timers run; running ones may be quicker.
 */
export async function passDay(
  system: Context,
  { app, contract }: { app: string; contract: string },
): Promise<void> {
  const day = sql`interval '1 day'`;
  await rowsOf(system.db, sql`update decisions set created_at = created_at - ${day} where app_id = ${app}`);
  // Days that were counted hold other decisions now: they are counted anew.
  await rowsOf(
    system.db,
    sql`delete from settings where org_id = ${system.orgId} and key = 'decision_days.until'`,
  );
  await rowsOf(
    system.db,
    sql`update contracts set created_at = created_at - ${day}, deployed_at = deployed_at - ${day},
        ramped_at = ramped_at - ${day}, widened_at = widened_at - ${day} where id = ${contract}`,
  );
  await rowsOf(
    system.db,
    sql`update contract_epochs set stale = 'the dates of its decisions'
      where contract_id = ${contract} and ended_at is null and state is not null`,
  );
  await untilCounted(system, contract);
  await rowsOf(system.db, sql`update contracts set looked_on = null where id = ${contract}`);
  await lookAtContracts(system);
}

async function untilCounted(system: Context, contract: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const { ended } = await foldEpoch(system, contract);
    const [epoch] = await rowsOf<Standing>(
      system.db,
      sql`select stale from contract_epochs where contract_id = ${contract} and ended_at is null`,
    );
    if (ended && epoch && epoch.stale === null) return;
    await sleep(50);
  }
  throw new Error("the evidence was not counted within 15 seconds");
}
