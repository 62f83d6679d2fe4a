import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { autonomyLevels } from "@/lib/apps/schema";
import { predictions } from "@/lib/decisions/schema";
import { routeDecision, smallestRate, type Autonomy, type Proposal, type Stop } from "./route-decision";

const sure: Proposal = { predicted: "positive", confidence: 0.97, amount: 1800, currency: "EUR" };
const free: Autonomy = {
  level: "auto",
  threshold: 0.95,
  declineThreshold: 0.9,
  auditRate: 0.1,
  amountCap: 5000,
  currency: "EUR",
  movesMoney: true,
};
const global: Stop = { scope: "global", reason: "drill" };

describe("who decides", () => {
  const cases: [string, Partial<Proposal>, Partial<Autonomy>, Stop[], string, string][] = [
    ["a confident proposal to act runs alone", {}, {}, [], "execute", "reached"],
    ["exactly at the threshold runs alone", { confidence: 0.95 }, {}, [], "execute", "reached"],
    ["just below the threshold is reviewed", { confidence: 0.9499 }, {}, [], "review", "below_threshold"],
    ["a confident proposal not to act stands alone", { predicted: "negative" }, {}, [], "decline", "reached"],
    [
      "a doubtful proposal not to act is reviewed",
      { predicted: "negative", confidence: 0.89 },
      {},
      [],
      "review",
      "below_threshold",
    ],
    [
      "no threshold for not acting: reviewed",
      { predicted: "negative" },
      { declineThreshold: null },
      [],
      "review",
      "no_threshold",
    ],
    ["no threshold for acting: reviewed", {}, { threshold: null }, [], "review", "no_threshold"],
    ["no confidence: reviewed", { confidence: null }, {}, [], "review", "no_confidence"],
    ["NaN confidence: reviewed", { confidence: Number.NaN }, {}, [], "review", "no_confidence"],
    ["confidence over 1: reviewed", { confidence: 1.5 }, {}, [], "review", "no_confidence"],
    ["over the cap: reviewed", { amount: 5001 }, {}, [], "review", "over_cap"],
    ["exactly the cap runs alone", { amount: 5000 }, {}, [], "execute", "reached"],
    ["another currency than the cap's: reviewed", { currency: "USD" }, {}, [], "review", "currency_differs"],
    ["no cap: any currency runs alone", { currency: "USD" }, { amountCap: null }, [], "execute", "reached"],
    [
      "an amount nobody can read: reviewed",
      { amount: null },
      { amountCap: null },
      [],
      "review",
      "amount_unknown",
    ],
    [
      "no amount where none is expected runs alone",
      { amount: null, currency: null },
      { movesMoney: false },
      [],
      "execute",
      "reached",
    ],
    [
      "not acting moves no money: the cap does not matter",
      { predicted: "negative", amount: 9000 },
      {},
      [],
      "decline",
      "reached",
    ],
    [
      "review_all: reviewed however sure",
      { confidence: 1 },
      { level: "review_all" },
      [],
      "review",
      "review_all",
    ],
    ["shadow: recorded", {}, { level: "shadow" }, [], "shadow", "shadow"],
    ["a stop: reviewed however sure", {}, {}, [global], "review", "global_stop"],
    ["an app's own stop: reviewed", {}, {}, [{ scope: "app", reason: null }], "review", "app_stop"],
  ];
  test.each(cases)("%s", (_title, proposal, autonomy, stops, route, code) => {
    const routing = routeDecision({ ...sure, ...proposal }, { ...free, ...autonomy }, stops, {
      audit: 0.5,
      ramp: 0,
    });
    expect(routing.route).toBe(route);
    expect(routing.reasons[0]?.code).toBe(code);
  });

  test.each([
    ["global", "Everything is stopped: fraud"],
    ["app", "This app is stopped: fraud"],
    ["type", "This decision type is stopped: fraud"],
    ["connector", "The system that would act is stopped: fraud"],
  ] as const)("a stop of the scope %s is told as what it is", (scope, message) => {
    const { reasons } = routeDecision(sure, free, [{ scope, reason: "fraud" }], { audit: 0.5, ramp: 0 });
    expect(reasons[0]).toMatchObject({ kind: "stop", code: `${scope}_stop`, message });
  });

  test("every reason that held is told, not only the first", () => {
    const routing = routeDecision({ ...sure, confidence: 0.1, amount: 9999 }, free, [global], {
      audit: 0.5,
      ramp: 0,
    });
    expect(routing.reasons.map((reason) => reason.code)).toEqual([
      "global_stop",
      "over_cap",
      "below_threshold",
    ]);
  });
});

describe("the audit draw", () => {
  test("is below the propensity and never at it", () => {
    expect(routeDecision(sure, free, [], { audit: 0.0999, ramp: 0 }).auditDrawn).toBe(true);
    expect(routeDecision(sure, free, [], { audit: 0.1, ramp: 0 }).auditDrawn).toBe(false);
  });
  test("a confident no is audited too", () => {
    expect(
      routeDecision({ ...sure, predicted: "negative" }, free, [], { audit: 0.01, ramp: 0 }),
    ).toMatchObject({
      route: "decline",
      auditDrawn: true,
      piLabel: 0.1,
    });
  });
  test("a rate of zero keeps a floor, so that the propensity is never zero", () => {
    expect(routeDecision(sure, { ...free, auditRate: 0 }, [], { audit: 0.5, ramp: 0 }).piLabel).toBe(
      smallestRate,
    );
  });
  test("what a person rules on has propensity one, and the reference of what could have run alone", () => {
    expect(routeDecision({ ...sure, confidence: 0.5 }, free, [], { audit: 0, ramp: 0 })).toMatchObject({
      piLabel: 1,
      piRef: 0.1,
      auditDrawn: false,
    });
    expect(routeDecision(sure, { ...free, level: "review_all" }, [], { audit: 0, ramp: 0 })).toMatchObject({
      piLabel: 1,
      piRef: 1,
    });
  });
});

test("a contract for a band of amounts covers no amount in another currency than the type's", () => {
  const contract = {
    id: "ctr_1",
    epochId: "epo_1",
    predicted: "positive",
    amountFrom: 0,
    amountTo: 5000,
    level: "auto",
    threshold: 0.9,
    auditRate: 0.1,
    rampShare: 1,
  } as const;
  const governed = { ...free, amountCap: null, contracts: [contract] };
  const routed = (currency: string) =>
    routeDecision({ ...sure, currency }, governed, [], { audit: 0.5, ramp: 0 });
  expect(routed("EUR")).toMatchObject({ route: "execute", epochId: "epo_1" });
  expect(routed("KWD")).toMatchObject({ route: "review", epochId: null });
  expect(routed("KWD").reasons.map(({ code }) => code)).toContain("no_contract");
});

const anyProposal = fc.record({
  predicted: fc.constantFrom(...predictions),
  confidence: fc.option(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.double()), { nil: null }),
  amount: fc.option(fc.integer({ min: 0 }), { nil: null }),
  currency: fc.option(fc.constantFrom("EUR", "USD"), { nil: null }),
});
const anyAutonomy = fc.record({
  level: fc.constantFrom(...autonomyLevels),
  threshold: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
  declineThreshold: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
  auditRate: fc.double({ min: 0, max: 1, noNaN: true }),
  amountCap: fc.option(fc.integer({ min: 0 }), { nil: null }),
  currency: fc.constantFrom("EUR", "USD"),
  movesMoney: fc.boolean(),
});
const anyStops = fc.array(
  fc.record({
    scope: fc.constantFrom("global" as const, "app" as const),
    reason: fc.option(fc.string(), { nil: null }),
  }),
  { maxLength: 2 },
);
const anyDraw = fc.double({ min: 0, max: 0.999999, noNaN: true });

test("nothing runs alone unless level, stop, cap and threshold all allow it", () => {
  fc.assert(
    fc.property(anyProposal, anyAutonomy, anyStops, anyDraw, (proposal, autonomy, stops, draw) => {
      const routing = routeDecision(proposal, autonomy, stops, { audit: draw, ramp: draw });
      expect(routing.reasons.length).toBeGreaterThan(0);
      expect(routing.piLabel).toBeGreaterThan(0);
      expect(routing.piLabel).toBeLessThanOrEqual(1);
      if (routing.route !== "execute" && routing.route !== "decline") return;
      const threshold = routing.route === "execute" ? autonomy.threshold : autonomy.declineThreshold;
      expect(autonomy.level).toBe("auto");
      expect(stops).toEqual([]);
      expect(proposal.confidence).toBeGreaterThanOrEqual(threshold ?? Number.POSITIVE_INFINITY);
      expect(proposal.predicted).toBe(routing.route === "execute" ? "positive" : "negative");
      if (routing.route === "execute" && autonomy.movesMoney && autonomy.amountCap !== null) {
        expect(proposal.amount).toBeLessThanOrEqual(autonomy.amountCap);
      }
    }),
    { numRuns: 2000 },
  );
});
