import { setTimeout as sleep } from "node:timers/promises";
import { query } from "./standing";

/**
 * The negative control: what a job queue does whose lease ran out, or whose job threw, is to run it again. The product
 * cannot be told to: here its database's guard is taken away, and the rows are set back behind its back.
 */
export async function retryBlindly(url: string, isOver: () => boolean): Promise<void> {
  await query(url, "alter table executions disable trigger executions_guard");
  while (!isOver()) {
    // A database that is being killed is asked again.
    await query(
      url,
      `update executions set status = 'pending', needs_person = false, next_at = now(), first_sent_at = null,
         last_sent_at = null, lease_until = null
       where status in ('unknown', 'dead') or (status = 'in_flight' and lease_until < now())`,
    ).catch(() => undefined);
    await sleep(300);
  }
}
