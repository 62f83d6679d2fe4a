import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Database } from "@/db/client";
import { ActionBody, AutonomyBody, CreateConnector, CreateDecisionType } from "@/lib/apps/inputs";
import { createApp } from "@/lib/apps/server/create-app";
import { createConnector } from "@/lib/apps/server/create-connector";
import { createConnectorAction } from "@/lib/apps/server/create-connector-action";
import { createDecisionType } from "@/lib/apps/server/create-decision-type";
import { getApp } from "@/lib/apps/server/get-app";
import { getDecisionType } from "@/lib/apps/server/get-decision-type";
import { moveConnector } from "@/lib/apps/server/move-connector";
import { setAutonomy } from "@/lib/apps/server/set-autonomy";
import { createAppKey } from "@/lib/identity/server/create-key";
import { createOrg } from "@/lib/identity/server/create-org";
import { createUser } from "@/lib/identity/server/create-user";
import { getActiveArtifact } from "@/lib/learning/server/get-active-artifact";
import { storeArtifact, type NewArtifact } from "@/lib/learning/server/store-artifact";
import { roles, scopes, type Actor, type Role } from "@/lib/identity/schema";
import { DomainError } from "@/lib/kernel/errors";
import { listOrgIds, systemContext } from "@/lib/identity/server/system-context";
import { CreateQueue } from "@/lib/reviews/queues";
import { createQueue } from "@/lib/reviews/server/create-queue";
import { ApprovalRuleInput } from "@/lib/reviews/approval-rules";
import { createApprovalRule } from "@/lib/reviews/server/create-approval-rule";
import type { Context } from "@/lib/server/context";
import { seedAuditPlan } from "./audit-plan";
import { firstLessons, trainMailClassifier } from "./mail/classifier";
import { loadMessages } from "./mail/messages";
import {
  billing,
  largeRefunds,
  mailGuard,
  messageQuarantine,
  messageRelease,
  quarantineAction,
  mailbox,
  refundAction,
  refundDesk,
  refundIssue,
  releaseAction,
  senderBlock,
} from "./definitions";
import { seedViews } from "./views";

export type Places = {
  dataDir: string;
  url: string;
  billingUrl: string;
  billingApiKey: string;
  mailboxUrl: string;
  mailboxApiKey: string;
};
type DemoFile = {
  url: string;
  users: { role: Role; email: string; password: string }[];
  apiKeys: { app: string; key: string }[];
  billingUrl: string;
  mailboxUrl: string;
};

const people: Record<Role, { name: string; email: string }> = {
  reviewer: { name: "Robin Reyes", email: "reviewer@demo.example" },
  auditor: { name: "Ada Okafor", email: "auditor@demo.example" },
  admin: { name: "Alex Admin", email: "admin@demo.example" },
};

/** Two admins, because nobody signs what they proposed themselves. */
const secondAdmin = { name: "Sam Signer", email: "second.admin@demo.example" };

/**
 * Makes the demo in an empty database: four people, two apps, their types, connectors and levels, all or none. In a
 * database that has it, only the addresses that a start may move are brought up to date. Returns whether it seeded.
 */
export async function seedDemo(db: Database, places: Places): Promise<boolean> {
  const [orgId] = await listOrgIds(db);
  if (orgId) {
    const ctx = systemContext(db, orgId, "seed");
    await followAddresses(ctx, places);
    await giveFirstModel(ctx);
    return false;
  }
  const firstModel = await trainFirstModel();
  await db.transaction(async (tx) => {
    const { id } = await createOrg(tx, { name: "Countersign demo" });
    const ctx = systemContext(tx, id, "seed");
    const { users, auditor } = await seedPeople(ctx);
    const apiKeys = await seedApps(ctx, places, firstModel);
    await seedAuditPlan({ ...ctx, actor: auditor });
    await seedViews({ ...ctx, actor: auditor });
    // Written before the commit: a database that has the demo always has its sign-ins.
    writeDemoFile(places, {
      url: places.url,
      users,
      apiKeys,
      billingUrl: places.billingUrl,
      mailboxUrl: places.mailboxUrl,
    });
  });
  return true;
}

async function trainFirstModel(): Promise<string> {
  const { train } = await loadMessages();
  return trainMailClassifier(train.slice(0, firstLessons)).toJson();
}

/** A demo that was made before models were kept gets its first one. */
async function giveFirstModel(ctx: Context): Promise<void> {
  const place = { app: mailGuard.key, type: messageQuarantine(null).key };
  try {
    await getActiveArtifact(ctx, place);
  } catch (error) {
    if (!(error instanceof DomainError) || error.kind !== "not_found") throw error;
    const [app, type] = [
      await getApp(ctx, { app: place.app }),
      await getDecisionType(ctx, { type: place.type }),
    ];
    await ctx.db.transaction(async (tx) =>
      storeArtifact({ ...ctx, db: tx }, firstArtifact(app.id, type.id, await trainFirstModel())),
    );
  }
}

function firstArtifact(appId: string, typeId: string, content: string): NewArtifact {
  return {
    appId,
    typeId,
    status: "active",
    content,
    manifest: { base: null, decisions: [], messages: firstLessons, from: "SpamAssassin public corpus" },
  };
}

async function seedPeople(ctx: Context): Promise<{ users: DemoFile["users"]; auditor: Actor }> {
  const users: DemoFile["users"] = [];
  let auditor: Actor = ctx.actor;
  const everybody = [
    ...roles.map((role) => ({ role, ...people[role] })),
    { role: "admin" as const, ...secondAdmin },
  ];
  for (const { role, name, email } of everybody) {
    const password = generatedPassword();
    const { id } = await createUser(ctx, { email, name, role, password });
    users.push({ role, email, password });
    if (role === "auditor") auditor = { kind: "user", id, name, email, role, via: "session" };
  }
  return { users, auditor };
}

async function seedApps(ctx: Context, places: Places, firstModel: string): Promise<DemoFile["apiKeys"]> {
  const guard = await createApp(ctx, { ...mailGuard, owner_id: null });
  const desk = await createApp(ctx, { ...refundDesk, owner_id: null });
  const billingSystem = await createConnector(
    ctx,
    CreateConnector.parse(billing(places.billingUrl, places.billingApiKey)),
  );
  const mailSystem = await createConnector(
    ctx,
    CreateConnector.parse(mailbox(places.mailboxUrl, places.mailboxApiKey)),
  );
  const refund = await createConnectorAction(ctx, {
    connector: billingSystem.id,
    ...ActionBody.parse(refundAction),
  });
  const quarantine = await createConnectorAction(ctx, {
    connector: mailSystem.id,
    ...ActionBody.parse(quarantineAction),
  });
  const release = await createConnectorAction(ctx, {
    connector: mailSystem.id,
    ...ActionBody.parse(releaseAction),
  });
  // Before the type that it undoes, which names it.
  await createDecisionType(ctx, CreateDecisionType.parse(messageRelease(release.id)));
  const types = {
    quarantine: await createDecisionType(ctx, CreateDecisionType.parse(messageQuarantine(quarantine.id))),
    block: await createDecisionType(ctx, CreateDecisionType.parse(senderBlock)),
    refund: await createDecisionType(ctx, CreateDecisionType.parse(refundIssue(refund.id))),
  };
  await storeArtifact(ctx, firstArtifact(guard.id, types.quarantine.id, firstModel));
  await createQueue(ctx, CreateQueue.parse(largeRefunds));
  const sure = {
    level: "auto",
    threshold: 0.999,
    decline_threshold: 0.999,
    audit_rate: 0.1,
    sla_minutes: 60,
    on_timeout: "decline",
    version: 0,
  };
  const careful = {
    level: "auto",
    threshold: 0.95,
    audit_rate: 0.25,
    amount_cap: 50_000,
    sla_minutes: 240,
    on_timeout: "escalate",
    version: 0,
  };
  const shadow = { level: "shadow", audit_rate: 0.1, sla_minutes: 240, on_timeout: "hold", version: 0 };
  await setAutonomy(ctx, { app: guard.id, type: types.quarantine.id, autonomy: AutonomyBody.parse(sure) });
  await setAutonomy(ctx, { app: guard.id, type: types.block.id, autonomy: AutonomyBody.parse(shadow) });
  await setAutonomy(ctx, { app: desk.id, type: types.refund.id, autonomy: AutonomyBody.parse(careful) });
  // Off: the demo has one reviewer, and two are needed to see it at work.
  await createApprovalRule(
    ctx,
    ApprovalRuleInput.parse({
      name: "Refunds from 400 euros",
      type: types.refund.id,
      min_amount: 40_000,
      stages: [{ name: "Two reviewers", minimum: 2 }],
      enabled: false,
    }),
  );
  const keys: DemoFile["apiKeys"] = [];
  for (const app of [guard, desk]) {
    const { key } = await createAppKey(ctx, {
      appId: app.id,
      name: "Demo",
      scopes: [...scopes],
      expiresInDays: null,
    });
    keys.push({ app: app.key, key });
  }
  return keys;
}

// A start may move the reference systems to another port; they are the same systems, so what was signed still holds.
async function followAddresses(ctx: Context, places: Places): Promise<void> {
  await moveConnector(ctx, { connector: "billing", baseUrl: places.billingUrl });
  await moveConnector(ctx, { connector: "mailbox", baseUrl: places.mailboxUrl });
  const file = demoFileOf(places.dataDir);
  if (!existsSync(file)) return;
  const kept = JSON.parse(readFileSync(file, "utf8")) as DemoFile;
  writeDemoFile(places, {
    ...kept,
    url: places.url,
    billingUrl: places.billingUrl,
    mailboxUrl: places.mailboxUrl,
  });
}

const demoFileOf = (dataDir: string) => path.join(dataDir, "demo.json");

function writeDemoFile({ dataDir }: Places, content: DemoFile): void {
  const file = demoFileOf(dataDir);
  writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Twenty characters of base 32 in groups, about 100 bits, easy to read out. */
function generatedPassword(): string {
  const letters = "abcdefghijkmnpqrstuvwxyz23456789";
  const drawn = [...randomBytes(20)].map((byte) => letters.charAt(byte % 32)).join("");
  return drawn.replaceAll(/(.{5})(?=.)/g, "$1-");
}
