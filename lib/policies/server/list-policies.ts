import { sql } from "drizzle-orm";
import { findApp } from "@/lib/apps/server/find";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { PolicyFilter, PolicyRef, PolicyVersionView, PolicyView } from "../views";
import { readPolicies, readPolicy, readVersions } from "./read-policies";

/** Policies that are not archived, in the order they are asked; of an app: its own and those for every app. */
export async function listPolicies(ctx: Context, input: PolicyFilter): Promise<List<PolicyView>> {
  authorize(ctx, "policies.read");
  const app = input.app === undefined ? null : await findApp(ctx, input.app);
  const own = app ? sql`(p.app_id is null or p.app_id = ${app.id})` : sql`true`;
  const data = await readPolicies(ctx, sql`p.archived_at is null and ${own}`);
  return { object: "list", url: "/api/v1/policies", has_more: false, data };
}

/** One policy, by id or key. Throws `not_found`. */
export async function getPolicy(ctx: Context, input: PolicyRef): Promise<PolicyView> {
  authorize(ctx, "policies.read");
  return readPolicy(ctx, input.policy);
}

/** What a policy said, version by version, the newest first. Throws `not_found`. */
export async function listPolicyVersions(ctx: Context, input: PolicyRef): Promise<List<PolicyVersionView>> {
  authorize(ctx, "policies.read");
  const { id } = await readPolicy(ctx, input.policy);
  const data = await readVersions(ctx, id);
  return { object: "list", url: `/api/v1/policies/${id}/versions`, has_more: false, data };
}
