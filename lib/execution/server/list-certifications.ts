import { and, eq, or } from "drizzle-orm";
import { certifications, connectorActions, connectors } from "@/db/schema";
import { pageRows } from "@/lib/apps/server/page-rows";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { CertificationFilter, CertificationView } from "../certification";
import { certificationViews } from "./certification-view";

/** Certification runs, newest first; of one connector or action by id or key. */
export async function listCertifications(
  ctx: Context,
  { query }: { query: CertificationFilter },
): Promise<List<CertificationView>> {
  authorize(ctx, "apps.read");
  const { connector, action } = query;
  const wanted = and(
    connector ? or(eq(connectors.id, connector), eq(connectors.key, connector)) : undefined,
    action ? or(eq(connectorActions.id, action), eq(connectorActions.key, action)) : undefined,
  );
  return pageRows("/api/v1/certifications", query, certifications.id, ({ where, ...page }) =>
    certificationViews(ctx, { ...page, where: and(where, wanted) }),
  );
}
