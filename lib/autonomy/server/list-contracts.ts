import { and, eq, exists, isNull, sql } from "drizzle-orm";
import { contractProposals, contracts } from "@/db/schema";
import { findApp, findType } from "@/lib/apps/server/find";
import { pageRows } from "@/lib/apps/server/page-rows";
import type { List } from "@/lib/kernel/list";
import { appBound, authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ContractFilter } from "../contracts";
import type { ContractView } from "../views";
import { readContracts } from "./read-contracts";

/** Contracts, newest first; an app's key sees those of its own app. Throws `not_found` for a filter that names nothing. */
export async function listContracts(ctx: Context, filter: ContractFilter): Promise<List<ContractView>> {
  authorize(ctx, "contracts.read");
  const { app, type, archived, awaiting } = filter;
  const bound = appBound(ctx);
  const where = and(
    bound === undefined ? undefined : eq(contracts.appId, bound),
    app === undefined ? undefined : eq(contracts.appId, (await findApp(ctx, app)).id),
    type === undefined ? undefined : eq(contracts.typeId, (await findType(ctx, type)).id),
    archived ? undefined : isNull(contracts.archivedAt),
    awaiting ? isAwaiting(ctx) : undefined,
  );
  return pageRows("/api/v1/contracts", filter, contracts.id, ({ where: page, order, limit }) =>
    readContracts(ctx, { where: and(where, page), order, limit }),
  );
}

/** The contracts of an app that are in force, by segment: a page's worth. */
export async function listContractsOf(ctx: Context, { app }: { app: string }): Promise<ContractView[]> {
  authorize(ctx, "contracts.read");
  return readContracts(ctx, {
    where: and(eq(contracts.appId, app), isNull(contracts.archivedAt)),
    limit: mostShown,
  });
}

export const mostShown = 100;

function isAwaiting(ctx: Context) {
  return exists(
    ctx.db
      .select({ one: sql`1` })
      .from(contractProposals)
      .where(and(eq(contractProposals.contractId, contracts.id), eq(contractProposals.status, "open"))),
  );
}
