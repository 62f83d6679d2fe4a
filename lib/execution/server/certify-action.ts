import { and, eq, or } from "drizzle-orm";
import { certifications, connectorActions } from "@/db/schema";
import { findConnector, missing } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import {
  certificationChecks,
  type CertificationRecord,
  type CertificationView,
  type StartCertification,
} from "../certification";
import { certificationViews } from "./certification-view";
import { isStopped } from "./is-stopped";

/**
 * Asks for a certification run of one action; a worker carries it out. Throws `not_found`, and `stopped` while
 * nothing may be sent to the target.
 */
export async function certifyAction(ctx: Context, input: StartCertification): Promise<CertificationView> {
  authorize(ctx, "connectors.certify");
  return inTransaction(ctx, async (ctx) => {
    const connector = await findConnector(ctx, input.connector);
    const actionId = await findAction(ctx, connector.id, input.action);
    if (await isStopped(ctx, { connectorId: connector.id, actionId })) {
      throw new DomainError("conflict", "Automation is stopped: nothing is sent to this system.", {
        code: "stopped",
      });
    }
    const id = newId("certification");
    await ctx.db.insert(certifications).values({
      id,
      orgId: ctx.orgId,
      connectorId: connector.id,
      actionId,
      connectorVersion: connector.version,
      status: "running",
      checks: firstRecord(input),
      requestedBy: actorName(ctx.actor),
    });
    const [view] = await certificationViews(ctx, { where: eq(certifications.id, id), limit: 1 });
    const data = { connector: connector.id, action: actionId, version: connector.version };
    await record(ctx, "certification.started", id, data);
    return view ?? missing("certification", id);
  });
}

async function findAction(ctx: Context, connectorId: string, idOrKey: string): Promise<string> {
  const [action] = await ctx.db
    .select({ id: connectorActions.id })
    .from(connectorActions)
    .where(
      and(
        eq(connectorActions.connectorId, connectorId),
        or(eq(connectorActions.id, idOrKey), eq(connectorActions.key, idOrKey)),
      ),
    );
  return action?.id ?? missing("action", idOrKey);
}

function firstRecord(input: StartCertification): CertificationRecord {
  const nothing = { sentence: null, request: null, response_status: null, response_body: null };
  return {
    arguments: input.arguments,
    bad_arguments: input.bad_arguments ?? null,
    claimed_at: null,
    calling_since: null,
    results: certificationChecks.map((check) => ({ check, outcome: "waiting", ...nothing })),
  };
}
