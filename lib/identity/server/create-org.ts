import type { Database } from "@/db/client";
import { journalHeads, orgs, stops } from "@/db/schema";
import { newId } from "@/lib/kernel/ids";

const genesis = "0".repeat(64);

/** An organisation with what must exist beside it: the global kill switch (off) and the head of its journal. */
export function createOrg(db: Database, input: { name: string }): Promise<{ id: string }> {
  return db.transaction(async (tx) => {
    const id = newId("org");
    await tx.insert(orgs).values({ id, name: input.name });
    await tx.insert(stops).values({ orgId: id, scope: "global", scopeId: id });
    await tx.insert(journalHeads).values({ orgId: id, seq: 0, prev: genesis, hash: genesis });
    return { id };
  });
}
