import { eq } from "drizzle-orm";
import { apps, decisionTypes } from "@/db/schema";
import type { EventType } from "@/lib/kernel/events";
import { actorName, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import type { ContractRow } from "./contract-rows";

export type Told = {
  event: EventType;
  /** What happened, as the journal calls it: `contract.<did>`. */
  did: string;
  /** Figures and ids, for the journal and for apps that listen. */
  data?: Record<string, unknown>;
  /** For people, in the event alone: the journal holds no free text. */
  why?: string;
};

/** Tells the world and the journal of a change; call it last in the transaction. */
export async function tellChange(ctx: Context, contract: ContractRow, told: Told): Promise<void> {
  const [segment] = await ctx.db
    .select({ app: apps.key, type: decisionTypes.key })
    .from(apps)
    .innerJoin(decisionTypes, eq(decisionTypes.id, contract.typeId))
    .where(eq(apps.id, contract.appId));
  const data = { ...segment, predicted: contract.predicted, ...told.data };
  const heard = { by: actorName(ctx.actor), did: told.did, why: told.why, ...data };
  await emit(ctx, { type: told.event, subject: contract.id, data: heard });
  await record(ctx, `contract.${told.did}`, contract.id, data);
}
