import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aRuledReview, stateOf } from "@/lib/reviews/server/testing-four-eyes";
import { bypassRoutes } from "@/lib/reviews/server/testing-four-eyes-routes";
import { approveFromLink, describeLink } from "./approve-from-link";
import { makeApprovePath } from "./mailed-link";

const { db } = await testDatabase();
// A link approves, and only a person has a mailbox.
const byLink = bypassRoutes.filter(({ ruling, title }) => ruling === undefined && !/key|clock/.test(title));

test.each(byLink)(
  "a mailed link is no way round four eyes: $title ($code), and it is not used up",
  async (route) => {
    const world = await (route.made ?? aRuledReview)(db);
    await route.before?.(world, db);
    const who = await route.who(world, db);
    const reviewId = await world.live();
    const path = await makeApprovePath(world.org.system, who.actor.id, reviewId);
    const link = { reviewId, token: path.split("/").at(-1) ?? "" };
    const seen = await stateOf(db, world.decisionId);
    await expect(approveFromLink(who, link)).rejects.toMatchObject({ kind: "forbidden", code: route.code });
    expect(await stateOf(db, world.decisionId)).toEqual(seen);
    expect(await describeLink(who, link)).toEqual({ works: true });
  },
);

test("the same link in anybody else's session approves nothing", async () => {
  const world = await aRuledReview(db);
  const path = await makeApprovePath(world.org.system, world.ana.actor.id, world.reviewId);
  const link = { reviewId: world.reviewId, token: path.split("/").at(-1) ?? "" };
  await expect(approveFromLink(world.bo, link)).rejects.toMatchObject({ code: "one_time_link_used" });
  expect(await describeLink(world.ana, link)).toEqual({ works: true });
});
