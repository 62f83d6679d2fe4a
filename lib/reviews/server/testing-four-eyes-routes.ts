import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import * as schema from "@/db/schema";
import { newId } from "@/lib/kernel/ids";
import type { Context } from "@/lib/server/context";
import type { Ruling } from "../schema";
import { claimReview } from "./claim-review";
import { setReview } from "./testing";
import { aRuledReview, joins, makeRule, named, nowAs, type RuledReview } from "./testing-four-eyes";
import { deleteApprovalRule } from "./update-approval-rule";

/** A way round four eyes: what is set up, who tries it, and the rule that must stop them. */
export type BypassRoute = {
  title: string;
  code: string;
  /** The world it is tried in; else a review under a rule of two. */
  made?: (db: Database) => Promise<RuledReview>;
  before?: (world: RuledReview, db: Database) => Promise<unknown>;
  who: (world: RuledReview, db: Database) => Context | Promise<Context>;
  ruling?: Ruling;
};

const breakGlass: Ruling = { verdict: "approve", break_glass: "It is urgent tonight" };
const ana = (world: RuledReview) => world.ana;
const bo = (world: RuledReview) => world.bo;

const withColumns =
  (columns: (world: RuledReview) => Partial<typeof schema.decisions.$inferInsert>) =>
  async (db: Database) => {
    const world = await aRuledReview(db);
    await db.update(schema.decisions).set(columns(world)).where(eq(schema.decisions.id, world.decisionId));
    return world;
  };
const proposedByAna = withColumns((world) => ({ submittedBy: named(world.ana) }));

export const bypassRoutes: BypassRoute[] = [
  { title: "the requester", code: "own_proposal", made: proposedByAna, who: ana },
  {
    title: "the requester, with a token of their own",
    code: "own_proposal",
    made: proposedByAna,
    who: (world) => byToken(world.ana),
  },
  {
    title: "whom the app says it asked for",
    code: "own_proposal",
    made: withColumns((world) => ({ metadata: { on_behalf_of: emailOf(world.ana).toUpperCase() } })),
    who: ana,
  },
  {
    title: "the requester, to whom it was assigned",
    code: "own_proposal",
    made: proposedByAna,
    before: (world, db) => setReview(db, world.reviewId, { assignedTo: named(world.ana) }),
    who: ana,
  },
  {
    title: "the requester's stand-in",
    code: "own_proposal",
    made: proposedByAna,
    before: (world) => world.lend(world.ana, world.bo),
    who: bo,
  },
  {
    title: "whoever proposed to undo it",
    code: "own_proposal",
    made: async (db) => {
      const world = await aRuledReview(db, { compensatesId: newId("execution") });
      const mine = { submittedBy: named(world.ana) };
      await db.update(schema.decisions).set(mine).where(eq(schema.decisions.id, world.decisionId));
      return world;
    },
    who: ana,
  },
  { title: "the last editor", code: "own_edit", before: (world) => world.edit(world.ana, 900), who: ana },
  {
    title: "the editor's stand-in",
    code: "own_edit",
    before: async (world) => {
      await world.lend(world.ana, world.bo);
      await world.edit(world.ana, 900);
    },
    who: bo,
  },
  {
    title: "the same person twice",
    code: "already_approved",
    before: (world) => world.approve(world.ana),
    who: ana,
  },
  {
    title: "the first approver, who claimed the second review",
    code: "already_approved",
    before: async (world) => {
      await world.approve(world.ana);
      await claimReview(world.ana, { reviewId: await world.live() });
    },
    who: ana,
  },
  {
    title: "somebody in whose place it was approved already",
    code: "already_approved",
    made: async (db) => {
      const world = await aRuledReview(db, { stages: null });
      const first = { name: "Ana", minimum: 1, members: [world.ana.actor.id] };
      await makeRule(db, world, [first, { name: "Anybody", minimum: 1 }]);
      await world.lend(world.ana, world.bo);
      await world.approve(world.bo);
      return world;
    },
    who: ana,
  },
  {
    title: "somebody the stage does not name",
    code: "not_named",
    made: async (db) => {
      const world = await aRuledReview(db, { stages: null });
      await makeRule(db, world, [{ name: "Bo", minimum: 1, members: [world.bo.actor.id] }]);
      return world;
    },
    who: ana,
  },
  {
    title: "somebody the stage leaves out",
    code: "excluded_person",
    made: async (db) => {
      const world = await aRuledReview(db, { stages: null });
      await makeRule(db, world, [{ name: "Others", minimum: 1, excluded: [world.ana.actor.id] }]);
      return world;
    },
    who: ana,
  },
  {
    title: "a stand-in whose time is over",
    code: "not_named",
    made: async (db) => {
      const world = await aRuledReview(db, { stages: null });
      await makeRule(db, world, [{ name: "Bo", minimum: 1, members: [world.bo.actor.id] }]);
      const { id } = await world.lend(world.bo, world.ana);
      await db.update(schema.delegations).set({ revokedAt: new Date() }).where(eq(schema.delegations.id, id));
      return world;
    },
    who: ana,
  },
  {
    title: "somebody without the skill, standing in for somebody who has it",
    code: "lacks_skill",
    made: async (db) => {
      const world = await aRuledReview(db, {
        stages: [{ name: "Finance", minimum: 1, skills: ["finance"] }],
      });
      const { orgId } = world.org;
      await db.insert(schema.userSettings).values({ userId: world.bo.actor.id, orgId, skills: ["finance"] });
      await world.lend(world.bo, world.ana);
      return world;
    },
    who: ana,
  },
  {
    title: "the author of the approval rule within 24 hours, a reviewer since",
    code: "recent_change",
    who: (world) => nowAs(world.org.admin, "reviewer"),
  },
  {
    title: "whoever removed the approval rule within 24 hours",
    code: "recent_change",
    before: (world) => deleteApprovalRule(nowAs(world.bo, "admin"), { rule: world.rule?.id ?? "" }),
    who: bo,
  },
  {
    title: "whoever set how far the app may act, within 24 hours",
    code: "recent_change",
    before: (world, db) =>
      db
        .update(schema.autonomies)
        .set({ updatedBy: named(world.ana), updatedAt: new Date() })
        .where(eq(schema.autonomies.appId, world.desk.app)),
    who: ana,
  },
  {
    title: "whoever proposed, within 24 hours, that the app may act further, which another one signed",
    code: "recent_change",
    before: ({ org, desk, ana: proposer }, db) =>
      db.insert(schema.autonomyRaises).values({
        id: `rai_${desk.app}`,
        orgId: org.orgId,
        appId: desk.app,
        typeId: desk.type,
        status: "signed",
        wanted: {},
        version: 1,
        reason: "It has earned it",
        proposedBy: named(proposer),
        decidedBy: "user:another",
        decidedAt: new Date(),
      }),
    who: ana,
  },
  {
    title: "whoever changed the connector within 24 hours",
    code: "recent_change",
    before: ({ org, desk, ...world }, db) =>
      db.insert(schema.journal).values({
        orgId: org.orgId,
        actor: named(world.ana),
        action: "connector.changed",
        subject: desk.connector,
        entry: "{}",
      }),
    who: ana,
  },
  {
    title: "an app's key",
    code: "forbidden",
    who: (world) => world.org.keyOf(world.desk.app, ["decisions:write", "decisions:cancel"]),
  },
  { title: "an admin", code: "forbidden", who: (world) => world.org.admin },
  { title: "the clock", code: "forbidden", who: (world) => world.org.system },
  {
    title: "somebody who is kept from it, even to decline",
    code: "excluded_person",
    before: (world, db) => setReview(db, world.reviewId, { excluded: [named(world.ana)] }),
    who: ana,
    ruling: { verdict: "decline", note: "No" },
  },
  {
    title: "somebody who is no member of its queue",
    code: "not_a_member",
    before: (world, db) => joins(db, world, world.bo),
    who: ana,
  },
  {
    title: "breaking the glass as the requester, leading the queue",
    code: "own_proposal",
    made: proposedByAna,
    before: (world, db) => joins(db, world, world.ana, "lead"),
    who: ana,
    ruling: breakGlass,
  },
  { title: "breaking the glass without leading the queue", code: "not_a_lead", who: ana, ruling: breakGlass },
  {
    title: "breaking the glass while the others are there",
    code: "quorum_possible",
    before: async (world, db) => {
      await joins(db, world, world.ana, "lead");
      await joins(db, world, world.bo);
    },
    who: ana,
    ruling: breakGlass,
  },
];

function byToken(ctx: Context): Context {
  if (ctx.actor.kind !== "user") throw new Error("not a person");
  return { ...ctx, actor: { ...ctx.actor, via: "token" } };
}

function emailOf({ actor }: Context): string {
  return actor.kind === "user" ? actor.email : "";
}
