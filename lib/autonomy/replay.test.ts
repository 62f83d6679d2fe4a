import { describe, expect, test } from "vitest";
import type { Prediction, Reason, Route, Truth } from "@/lib/decisions/schema";
import { routeDecision } from "@/lib/routing/route-decision";
import { seededRandom } from "@/lib/stats/seeded-random";
import { isAlone, underPolicy, underThreshold, type PastDecision, type ThresholdDraft } from "./replay";
import { resultOf } from "./replay-result";
import { addPast, mostFlips, newSums } from "./replay-sums";

const rules = { amountCap: 100_000, currency: "EUR", movesMoney: true };
const facts = { currency: "EUR", costWrongYes: 5000, costWrongNo: 800, handlingSeconds: 90 };
const span = { from: null, to: null, weeks: 2 };

type Simulated = PastDecision & { really: Truth };

/** A history as the platform would have written it, with the truth nobody saw beside it. */
function history(count: number, seed: number, auditRate = 0.2): Simulated[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const predicted: Prediction = random() < 0.7 ? "positive" : "negative";
    const confidence = Math.round((0.5 + random() / 2) * 1000) / 1000;
    const isRight = random() < 0.6 + 0.4 * (confidence - 0.5) * 2;
    const amount = Math.round(random() * 150_000);
    const drawU = random();
    const level = random() < 0.1 ? "review_all" : "auto";
    const routed = routeDecision(
      { predicted, confidence, amount, currency: "EUR" },
      { ...rules, level, threshold: 0.9, declineThreshold: 0.95, auditRate },
      [],
      { audit: drawU, ramp: 0 },
    );
    const really: Truth = isRight === (predicted === "positive") ? "positive" : "negative";
    const isKnown = routed.route === "review" ? random() < 0.9 : routed.auditDrawn;
    return {
      id: `dec_${String(i).padStart(6, "0")}`,
      typeId: i % 3 === 0 ? "typ_a" : "typ_b",
      predicted,
      confidence,
      amount,
      currency: "EUR",
      route: routed.route,
      reasons: routed.reasons,
      level,
      threshold: routed.threshold,
      drawU,
      auditDrawn: routed.auditDrawn,
      piLabel: routed.piLabel,
      truth: isKnown ? really : null,
      truthSource: isKnown ? (routed.route === "review" ? "review" : "audit") : null,
      truthPi: isKnown ? routed.piLabel : null,
      really,
    };
  });
}

const draft: ThresholdDraft = { thresholds: { positive: 0.75, negative: 0.85 }, auditRate: 0.1 };

function replayed(past: readonly Simulated[], by: ThresholdDraft = draft) {
  const sums = newSums();
  for (const one of past) addPast(sums, one, underThreshold(one, by, rules), "rpl_1");
  return {
    sums,
    result: resultOf(
      sums,
      new Map([
        ["typ_a", facts],
        ["typ_b", facts],
      ]),
      span,
    ),
  };
}

describe("a threshold", () => {
  const past = history(5000, 1);

  test("moves exactly those decisions that a rule written out by hand moves", () => {
    const { result } = replayed(past);
    const counts = new Map<string, number>();
    for (const one of past) {
      const overCap = one.predicted === "positive" && (one.amount ?? 0) > 100_000;
      const limit = one.predicted === "positive" ? 0.75 : 0.85;
      const alone: Route = one.predicted === "positive" ? "execute" : "decline";
      const would = overCap || (one.confidence ?? 0) < limit ? "review" : alone;
      counts.set(`${one.route}>${would}`, (counts.get(`${one.route}>${would}`) ?? 0) + 1);
    }
    expect(
      Object.fromEntries(result.flow.map(({ was, would, count }) => [`${was}>${would}`, count])),
    ).toEqual(Object.fromEntries(counts));
    expect(result.decisions).toBe(5000);
  });

  test("that was in force already changes nothing but what the level had stopped", () => {
    const { result } = replayed(past, { thresholds: { positive: 0.9, negative: 0.95 }, auditRate: 0.2 });
    const stopped = past.filter(({ reasons }) => reasons.some(({ kind }) => kind === "level")).length;
    const moved = result.flow.filter(({ was, would }) => was !== would);
    expect(moved.every(({ was }) => was === "review")).toBe(true);
    expect(moved.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(stopped);
  });

  test("leaves the other kind of proposal as it was, and none at null", () => {
    const { result } = replayed(past, { thresholds: { positive: null }, auditRate: 0.1 });
    const declines = past.filter(({ route }) => route === "decline").length;
    expect(result.draft).toMatchObject({ alone: declines, executed: 0 });
    expect(result.flips.total).toBe(0);
  });

  test("frees nothing that was stopped, over the cap, or held by a policy", () => {
    const [first] = past.filter(({ route }) => route === "execute");
    if (!first) throw new Error("one ran alone");
    const held = (reason: Partial<Reason>) =>
      underThreshold(
        {
          ...first,
          route: "review",
          reasons: [{ kind: "policy", code: "policy_review", message: "", ...reason }],
        },
        draft,
        rules,
      ).route;
    expect(held({})).toBe("review");
    expect(held({ kind: "stop", code: "app_stop" })).toBe("review");
    expect(held({ kind: "finding", code: "pii" })).toBe("review");
    expect(held({ kind: "level", code: "review_all" })).toBe("execute");
    expect(underThreshold({ ...first, amount: 100_001 }, draft, rules).route).toBe("review");
  });

  test("says the hours of review that it saves, and what it costs in wrong acts", () => {
    const { result } = replayed(past);
    const { was, would } = result.reviews;
    expect(result.hours?.was).toBeCloseTo((was * 90) / 3600 / 2, 9);
    expect(result.hours?.would).toBeCloseTo((would * 90) / 3600 / 2, 9);
    expect(result.loss).toHaveLength(1);
    expect(result.loss[0]?.draft.worst).toBeGreaterThan(result.loss[0]?.draft.upper ?? Infinity);
  });
});

describe("what nobody knows", () => {
  test("lies within the stated bounds: 200 histories, what really was wrong against the band", () => {
    let outside = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const past = history(1500, seed);
      const { result } = replayed(past);
      const wrong = past.filter((one) => {
        const { route } = underThreshold(one, draft, rules);
        return isAlone(route) && (one.really === "positive") !== (route === "execute");
      }).length;
      const { band } = result.draft;
      if (wrong < band.lower || wrong > band.upper) outside += 1;
    }
    // The band's ends are those of 95 % intervals, and what is unknown only widens it.
    expect(outside).toBeLessThanOrEqual(10);
  });

  test("is counted: newly alone without a truth is in no estimate, only in the band", () => {
    const past = history(3000, 7).map((one) =>
      one.route === "review" ? { ...one, truth: null, truthSource: null, truthPi: null } : one,
    );
    const { result } = replayed(past);
    const newly = past.filter(
      (one) => one.route === "review" && isAlone(underThreshold(one, draft, rules).route),
    ).length;
    expect(result.draft.unknown).toBe(newly);
    expect(result.draft.band.upper).toBeCloseTo((result.draft.wrong?.upper ?? 0) + newly, 9);
    expect(result.draft.known).toBe(0);
  });

  test("an outcome that nobody drawn at random asked for is no estimate of what ran alone", () => {
    const past = history(2000, 3).map((one) =>
      isAlone(one.route)
        ? {
            ...one,
            auditDrawn: false,
            truth: "negative" as const,
            truthSource: "outcome" as const,
            truthPi: 1,
          }
        : one,
    );
    const { result } = replayed(past);
    expect(result.now).toMatchObject({ wrong: null, judged: 0, unknown: result.now.alone });
  });
});

describe("flips to open", () => {
  test("are the same 50 in whatever order and parts the decisions come", () => {
    const past = history(4000, 5);
    const forwards = replayed(past).sums.flips;
    const backwards = replayed(past.toReversed()).sums.flips;
    expect(forwards.total).toBeGreaterThan(mostFlips);
    expect(forwards.listed).toHaveLength(mostFlips);
    expect(backwards).toEqual(forwards);
  });

  test("are drawn evenly: each is as likely as any other", () => {
    const past = history(600, 9);
    const times = new Map<string, number>();
    const total = replayed(past).sums.flips.total;
    const rounds = 400;
    for (let round = 0; round < rounds; round++) {
      const sums = newSums();
      for (const one of past) addPast(sums, one, underThreshold(one, draft, rules), `rpl_${round}`);
      for (const { id } of sums.flips.listed) times.set(id, (times.get(id) ?? 0) + 1);
    }
    const expected = (rounds * mostFlips) / total;
    const chiSquare = [...times.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    expect(times.size).toBe(total);
    // Mean total - 1, standard deviation about sqrt(2 total); drawn without replacement it is smaller still.
    expect(chiSquare).toBeLessThan(total + 4 * Math.sqrt(2 * total));
  });
});

describe("a policy", () => {
  const none = { review: [], decline: null };
  const own: Reason = { kind: "policy", code: "policy_review", message: "", detail: { policy_id: "pol_1" } };
  const other: Reason = { ...own, detail: { policy_id: "pol_2" } };
  const isOwn = ({ kind, detail }: Reason) => kind === "policy" && detail?.policy_id === "pol_1";
  const [ran] = history(200, 2).filter(({ route }) => route === "execute");
  if (!ran) throw new Error("one ran alone");
  const held: PastDecision = { ...ran, route: "review", auditDrawn: false };

  test.each<[string, PastDecision, typeof none | { review: Reason[]; decline: Reason | null }, Route]>([
    ["a rule taken out lets it run", { ...held, reasons: [own] }, none, "execute"],
    ["another policy still holds it", { ...held, reasons: [own, other] }, none, "review"],
    [
      "so does the threshold",
      { ...held, reasons: [own, { ...own, kind: "threshold", code: "below_threshold" }] },
      none,
      "review",
    ],
    ["a new rule asks a person", ran, { review: [own], decline: null }, "review"],
    ["a new rule refuses", ran, { review: [], decline: own }, "decline"],
    [
      "a refusal outranks a level",
      { ...held, reasons: [{ ...own, kind: "level", code: "review_all" }] },
      { review: [], decline: own },
      "decline",
    ],
    [
      "a stop outranks a refusal",
      { ...held, reasons: [{ ...own, kind: "stop", code: "app_stop" }] },
      { review: [], decline: own },
      "review",
    ],
    [
      "a refusal taken out is routed by its threshold",
      { ...held, route: "decline", reasons: [own], level: "auto", threshold: 0.99, confidence: 0.98 },
      none,
      "review",
    ],
    [
      "a refusal taken out lets run what passes",
      { ...held, route: "decline", reasons: [own], level: "auto", threshold: 0.9, confidence: 0.98 },
      none,
      "execute",
    ],
    ["another policy's refusal stays", { ...held, route: "decline", reasons: [other] }, none, "decline"],
    ["shadow stays shadow", { ...held, route: "shadow" }, { review: [own], decline: null }, "shadow"],
  ])("%s", (_title, past, caution, route) => {
    expect(underPolicy(past, caution, isOwn).route).toBe(route);
  });
});
