import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { queues } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import type { QueueOrder } from "@/lib/apps/schema";
import { claimNextReview } from "./claim-next-review";
import { listReviews } from "./list-reviews";
import { anOpenReview, minutesFromNow, setReview } from "./testing";

const { db } = await testDatabase();

/** A queue with seven reviews, of different age, due time and loss; two of the same loss, two of none known. */
async function aQueue(order: QueueOrder) {
  const { org, desk, more, reviewId } = await anOpenReview(db);
  const ids = [reviewId];
  for (let i = 0; i < 6; i++) ids.push((await more()).reviewId);
  const [losses, due] = [
    [50, null, 900, 50, null, 0.1, 12.5],
    [70, 10, 60, 20, 50, 30, 40],
  ];
  for (const [at, id] of ids.entries()) {
    await setReview(db, id, { expectedLoss: losses[at] ?? null, dueAt: minutesFromNow(due[at] ?? 0) });
  }
  await db.update(queues).set({ order }).where(eq(queues.id, desk.queue));
  return { org, desk, ids };
}

const orders: Record<QueueOrder, number[]> = {
  sla: [1, 3, 5, 6, 4, 2, 0],
  oldest: [0, 1, 2, 3, 4, 5, 6],
  expected_loss: [2, 0, 3, 6, 5, 1, 4],
};

test.each(Object.entries(orders) as [QueueOrder, number[]][])(
  "a list of one queue runs in that queue's order, page by page and back: %s",
  async (order, expected) => {
    const { org, desk, ids } = await aQueue(order);
    const all = expected.map((at) => ids[at]);
    const query = { tab: "unclaimed", queue: desk.queue, limit: 2 } as const;
    const seen: string[] = [];
    for (let after: string | undefined, pages = 0; pages < 4; pages++) {
      const { data, has_more } = await listReviews(org.reviewer, { ...query, starting_after: after });
      seen.push(...data.map(({ id }) => id));
      after = data.at(-1)?.id;
      expect(has_more).toBe(pages < 3);
    }
    expect(seen).toEqual(all);
    for (let at = 1; at < all.length; at++) {
      const back = await listReviews(org.reviewer, { ...query, ending_before: all[at] });
      expect(back.data.map(({ id }) => id)).toEqual(all.slice(Math.max(0, at - 2), at));
    }
  },
);

test("that is the order in which its reviews are handed out", async () => {
  for (const order of ["oldest", "expected_loss", "sla"] as const) {
    const { org, desk } = await aQueue(order);
    const listed = await listReviews(org.reviewer, { tab: "unclaimed", queue: desk.queue, limit: 5 });
    const handed: (string | undefined)[] = [];
    for (let i = 0; i < 5; i++)
      handed.push((await claimNextReview(org.reviewer, { queue: desk.queue, exclude: [] })).review?.id);
    expect(handed, order).toEqual(listed.data.map(({ id }) => id));
  }
});

test("a list of all queues runs by due time whatever theirs is", async () => {
  const { org, ids } = await aQueue("oldest");
  const { data } = await listReviews(org.reviewer, { tab: "unclaimed", limit: 10 });
  expect(data.map(({ id }) => id)).toEqual(orders.sla.map((at) => ids[at]));
});
