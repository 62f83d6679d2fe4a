import { expect, test } from "vitest";
import { NewPlan, type PlanPreview } from "@/lib/audits/plans";
import { draftFrom, marginOf, newDraft, type PlanDraft, ratesFor, shareOf, specOf } from "./plan-draft";

const drafts: Partial<PlanDraft>[] = [
  {},
  { kind: "stratified" },
  { kind: "stratified", cuts: "", byAction: false },
  { kind: "policy_hit", reasons: "over_cap, no_confidence" },
  { kind: "segment", segment: "decision.amount > 50000.0", from: "2026-11-01", app: "refund-desk" },
];

test.each(drafts)("a draft %j becomes a plan that the server takes", (part) => {
  const made = specOf({ ...newDraft, ...part });
  if (!made.ok) throw new Error(made.error);
  const kind = part.kind ?? "random";
  expect(NewPlan.safeParse({ name: "x", kind, spec: made.spec }).error).toBeUndefined();
});

test("confidence is cut into bins that leave nothing out, each action apart", () => {
  const made = specOf({ ...newDraft, kind: "stratified", cuts: "0.5 0.9" });
  if (!made.ok) throw new Error(made.error);
  expect(made.spec.strata.map(({ confidence, predicted }) => [confidence, predicted])).toEqual([
    [[0, 0.5], "positive"],
    [[0, 0.5], "negative"],
    [[0.5, 0.9], "positive"],
    [[0.5, 0.9], "negative"],
    [[0.9, 1], "positive"],
    [[0.9, 1], "negative"],
  ]);
});

test.each([
  [{ kind: "stratified", cuts: "0.9, 0.5" }],
  [{ kind: "stratified", cuts: "x" }],
  [{ kind: "segment" }],
  [{ kind: "policy_hit" }],
  [{ routes: [] }],
  [{ rates: { All: "0" } }],
] as Partial<PlanDraft>[][])("a draft %j is told what is wrong with it", (part) => {
  expect(specOf({ ...newDraft, ...part })).toMatchObject({ ok: false });
});

test("percentages are read as people write them", () => {
  expect([marginOf("2"), marginOf("2,5"), marginOf("60"), marginOf("")]).toEqual([
    0.02,
    0.025,
    undefined,
    undefined,
  ]);
  expect([shareOf("5"), shareOf("x"), shareOf("")]).toEqual([0.05, 0.5, 0.5]);
});

test("rates for a margin are rounded up, so that they draw enough", () => {
  const strata = [{ name: "a" }, { name: "b" }];
  const preview = {
    strata,
    required: { rates: [0.02301, 0], neyman_rates: [0.5, 1] },
  } as unknown as PlanPreview;
  expect(ratesFor(preview, "rates")).toEqual({ a: "2.4", b: "0.1" });
  expect(ratesFor(preview, "neyman_rates")).toEqual({ a: "50", b: "100" });
});

test("an address fills the form in: the part above the cut at the rate it names, the rest as ever", () => {
  const asked = {
    name: "Threshold of refund.issue",
    app: "app_1",
    type: "dty_1",
    from: "2026-11-01",
    route: "execute",
    cuts: "0.9",
    rate: "12.5",
  };
  const made = specOf(draftFrom(asked));
  expect(made).toMatchObject({
    ok: true,
    spec: {
      app: "app_1",
      type: "dty_1",
      from: "2026-11-01T00:00:00Z",
      routes: ["execute"],
      strata: [
        { confidence: [0, 0.9], rate: 0.05 },
        { confidence: [0.9, 1], rate: 0.125 },
      ],
    },
  });
});

test("an address that makes no sense leaves the form as it was", () => {
  expect(draftFrom({ route: "nowhere", cuts: "9", rate: "-1", from: "yesterday" })).toEqual(newDraft);
  expect(draftFrom({})).toEqual(newDraft);
});
