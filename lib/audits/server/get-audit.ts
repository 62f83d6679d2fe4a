import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { AuditView } from "../schema";
import { viewOrThrow } from "./claim-audit";

/**
 * One audit. Until the asking auditor's own answer is stored it carries the evidence and the action in question, and
 * nothing of what the model proposed, who decided or what came of it.
 */
export async function getAudit(ctx: Context, input: { auditId: string }): Promise<AuditView> {
  authorize(ctx, "audits.read");
  return viewOrThrow(ctx, input.auditId);
}
