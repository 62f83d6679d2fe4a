import { describe, expect, test } from "vitest";
import type { Answer, Staged } from "./answers";
import { isOver, keptOf, outcomeOf, type Keepable, type KeptVerdict } from "./kept-verdict";

const now = new Date("2026-11-23T12:00:00Z");
const review: Keepable = {
  id: "rev_1",
  summary: "Quarantine this message",
  deliberate: false,
  held_by: { id: "usr_ana", name: "Ana" },
  lease_until: "2026-11-23T12:10:00.000Z",
  lease_seconds: 600,
};
const kept = keptOf(review, { verdict: "approve" }, "usr_ana", now) as KeptVerdict;
const refused = (code: string, extra: Record<string, unknown> = {}): Answer<Staged> => ({
  ok: false,
  error: { code, message: "Bo declined this 3 s ago", errors: [], extra },
});

describe("what is kept", () => {
  test("of what they hold, until their claim ends", () => {
    expect(kept).toEqual({
      reviewId: "rev_1",
      by: "usr_ana",
      summary: "Quarantine this message",
      ruling: { verdict: "approve", note: undefined },
      held: true,
      until: "2026-11-23T12:10:00.000Z",
    });
    expect(isOver(kept, now)).toBe(false);
    expect(isOver(kept, new Date("2026-11-23T12:10:00Z"))).toBe(true);
  });

  test("of what nobody held, for as long as a claim would have lasted", () => {
    const free = { ...review, held_by: null, lease_until: null };
    const decline = { verdict: "decline", reason_code: "not entitled" } as const;
    expect(keptOf(free, decline, "usr_ana", now)).toMatchObject({
      held: false,
      until: "2026-11-23T12:10:00.000Z",
      ruling: { verdict: "decline", reason_code: "not entitled" },
    });
    const row = { ...free, lease_seconds: undefined };
    expect(keptOf(row, decline, "usr_ana", now)).toMatchObject({ until: "2026-11-23T12:15:00.000Z" });
  });

  test("never what takes two keys, nor what the server has to check first", () => {
    const heavy = { ...review, deliberate: true };
    expect(keptOf(heavy, { verdict: "approve" }, "usr_ana", now)).toEqual(expect.any(String));
    expect(keptOf(heavy, { verdict: "decline", note: "No" }, "usr_ana", now)).toMatchObject({ held: true });
    expect(keptOf(review, { verdict: "edit", arguments: {} }, "usr_ana", now)).toEqual(expect.any(String));
    expect(keptOf(review, { verdict: "respond", note: "No" }, "usr_ana", now)).toEqual(expect.any(String));
  });
});

describe("what became of it", () => {
  const staged = { reviewId: "rev_1", effectiveAt: "2026-11-23T12:01:05Z", undoSeconds: 5 };

  test("given", () => {
    expect(outcomeOf(kept, { ok: true, data: staged })).toEqual({ is: "given", staged });
  });

  test.each([
    ["it waits in this person's name", refused("review_claimed", { held_by: "user:usr_ana" })],
    [
      "it took effect in this person's name",
      refused("review_already_resolved", { resolved_by: "user:usr_ana", verdict: "approve" }),
    ],
  ])("an earlier try arrived: %s", (_, answer) => {
    expect(outcomeOf(kept, answer)).toEqual({ is: "given", staged: undefined });
  });

  test.each([
    [
      "somebody else ruled",
      refused("review_already_resolved", { resolved_by: "user:usr_bo", verdict: "approve" }),
    ],
    [
      "they ruled otherwise themselves, elsewhere",
      refused("review_already_resolved", { resolved_by: "user:usr_ana", verdict: "decline" }),
    ],
    ["somebody else holds it", refused("review_claimed", { held_by: "user:usr_bo" })],
    ["the claim ran out", refused("lease_lost")],
    ["it is over", refused("review_expired")],
  ])("refused, in the server's words: %s", (_, answer) => {
    expect(outcomeOf(kept, answer)).toEqual({ is: "refused", why: "Bo declined this 3 s ago" });
  });

  test.each(["unreachable", "unauthenticated", "limited", "unavailable"])(
    "it goes on waiting: %s",
    (code) => {
      expect(outcomeOf(kept, refused(code))).toEqual({ is: "waiting" });
    },
  );
});
