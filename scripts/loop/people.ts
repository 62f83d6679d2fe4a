import type { Database } from "@/db/client";
import { AutonomyBody, CreateDecisionType } from "@/lib/apps/inputs";
import { createApp } from "@/lib/apps/server/create-app";
import { createDecisionType } from "@/lib/apps/server/create-decision-type";
import { setAutonomy } from "@/lib/apps/server/set-autonomy";
import { mailGuard, messageQuarantine } from "@/demo/definitions";
import { createAppKey } from "@/lib/identity/server/create-key";
import { createOrg } from "@/lib/identity/server/create-org";
import { createUser } from "@/lib/identity/server/create-user";
import { systemContext } from "@/lib/identity/server/system-context";
import type { Role, Scope } from "@/lib/identity/schema";
import type { Context } from "@/lib/server/context";

/** Everybody and everything one round needs: an organisation with mail guard, its key, and four people. */
export type Office = {
  system: Context;
  app: Context;
  appId: string;
  typeId: string;
  type: string;
  reviewer: Context;
  auditor: Context;
  admin: Context;
  secondAdmin: Context;
};

const scopes: Scope[] = ["decisions:write", "decisions:read"];

/** Makes one with the verbs that a person's clicks would call. Nothing is carried out: the type has no action. */
export async function openOffice(db: Database, name: string): Promise<Office> {
  const { id: orgId } = await createOrg(db, { name });
  const system = systemContext(db, orgId, "loop");
  const guard = await createApp(system, { ...mailGuard, owner_id: null });
  const type = await createDecisionType(system, CreateDecisionType.parse(messageQuarantine(null)));
  const autonomy = AutonomyBody.parse({
    level: "auto",
    threshold: 0.999,
    decline_threshold: 0.999,
    audit_rate: 0.1,
    sla_minutes: 60,
    on_timeout: "decline",
    version: 0,
  });
  await setAutonomy(system, { app: guard.id, type: type.id, autonomy });
  const key = await createAppKey(system, { appId: guard.id, name: "Loop", scopes, expiresInDays: null });
  return {
    system,
    app: { ...system, actor: { kind: "key", id: key.id, appId: guard.id, scopes } },
    appId: guard.id,
    typeId: type.id,
    type: type.key,
    reviewer: await person(system, "reviewer", name),
    auditor: await person(system, "auditor", name),
    admin: await person(system, "admin", name),
    secondAdmin: await person(system, "admin", name),
  };
}

let people = 0;

async function person(system: Context, role: Role, office: string): Promise<Context> {
  people += 1;
  const name = `${role} ${people}`;
  const email = `${role}-${people}-${system.orgId}@loop.example`;
  const password = `${office} ${people} never used again 7f3a`;
  const { id } = await createUser(system, { email, name, role, password });
  return { ...system, actor: { kind: "user", id, name, email, role, via: "session" } };
}
