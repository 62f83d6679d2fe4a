import { notFound } from "next/navigation";
import { cache } from "react";
import { AuditFocus } from "@/components/audits/audit-focus";
import { getAudit } from "@/lib/audits/server/get-audit";
import { roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { titled } from "../../titled";
import { auditActions } from "../audit-actions";

// The title and the page are of one reading.
const read = cache(async (auditId: string) => getAudit(await userContext(), { auditId }));

export const generateMetadata = titled(
  "Audit",
  async (_, { auditId }: { auditId: string }) => (await read(auditId)).summary,
);

type Props = {
  params: Promise<{ auditId: string }>;
  searchParams: Promise<{ plan?: string | string[] }>;
};

export default async function AuditPage({ params, searchParams }: Props) {
  const [ctx, { auditId }, { plan }] = [await userContext(), await params, await searchParams];
  if (!roleMay(ctx.actor.role, "audits.read")) notFound();
  const audit = await read(auditId).catch(absent);
  if (!audit) notFound();
  const viewer = { id: ctx.actor.id, mayJudge: roleMay(ctx.actor.role, "audits.judge") };
  const ofPlan = typeof plan === "string" ? plan : undefined;
  return <AuditFocus key={audit.id} initial={audit} viewer={viewer} plan={ofPlan} actions={auditActions} />;
}

function absent(error: unknown): undefined {
  if (error instanceof DomainError && error.kind === "not_found") return undefined;
  throw error;
}
