import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { logEOfCounts } from "@/lib/stats/certificate";
import { seededRandom } from "@/lib/stats/seeded-random";
import {
  alarmOf,
  countAutos,
  deploy,
  fold,
  newFold,
  thresholdsOf,
  type Deployment,
  type Evidence,
  type Fold,
  type FoldTerms,
} from "./fold";
import { foldFromJson, foldsAgree, foldToJson } from "./fold-json";
import type { JsonValue } from "@/lib/kernel/json";

const terms: FoldTerms = { alpha: 0.02, delta: 0.05, grid: [0.2, 0.5, 0.7, 0.9], alarmRunLength: 5000 };

const idAt = (at: number) => `dec_${String(at).padStart(8, "0")}`;
const reviewed = (at: number, more: Partial<Evidence> = {}): Evidence => ({
  id: idAt(at),
  day: "2026-03-01",
  score: 0.95,
  ranAlone: false,
  audited: false,
  omega: 1,
  pi: 1,
  loss: 0,
  ...more,
});
const audited = (at: number, more: Partial<Evidence> = {}): Evidence =>
  reviewed(at, { ranAlone: true, audited: true, ...more });

function folded(records: readonly Evidence[], deployments: readonly Deployment[] = [], of = terms): Fold {
  const state = newFold(of, deployments);
  for (const record of records) fold(state, record, of);
  return state;
}

/** What a worker does between two batches: through the database and back. */
const stored = (state: Fold): Fold =>
  foldFromJson(JSON.parse(JSON.stringify(foldToJson(state))) as JsonValue);

/** Every number of two folds, compared with Object.is. */
function everyNumberIs(one: unknown, other: unknown): boolean {
  if (typeof one === "object" && one !== null && typeof other === "object" && other !== null) {
    const [mine, theirs] = [Object.entries(one), Object.entries(other)];
    const its = new Map(theirs);
    return mine.length === theirs.length && mine.every(([key, value]) => everyNumberIs(value, its.get(key)));
  }
  return Object.is(one, other);
}

/** A mixed stream: reviews, then a deployment, then audits, undrawn autos, ramps and late ones. */
function aStream(seed: number, size: number): { records: Evidence[]; deployments: Deployment[] } {
  const random = seededRandom(seed);
  const from = Math.floor(size / 3);
  const deployments: Deployment[] = [
    { after: idAt(from), day: "2026-03-02", threshold: 0.7, auditRate: 0.2 },
    { after: idAt(2 * from), day: "2026-03-04", threshold: 0.5, auditRate: 0.1 },
  ];
  const records = Array.from({ length: size }, (_, at): Evidence => {
    const score = random();
    const inForce = deployments.findLast(({ after }) => after < idAt(at));
    const alone = inForce !== undefined && score >= inForce.threshold;
    const rate = inForce?.auditRate ?? 1;
    const loss = random() < 0.3 * (1 - score) ? (random() < 0.2 ? random() : 1) : 0;
    const day = `2026-0${3 + Math.floor((at * 2) / size)}-${String(1 + Math.floor((28 * ((at * 2) % size)) / size)).padStart(2, "0")}`;
    return {
      id: idAt(at),
      day,
      score,
      ranAlone: alone,
      audited: alone && random() < rate,
      omega: alone ? 1 : rate,
      pi: alone ? rate : 1,
      loss,
      ...(random() < 0.02 ? { expired: true, loss: 1 } : {}),
    };
  });
  return { records, deployments };
}

describe("the state is a pure function of the ordered records", () => {
  test("however the batches are cut, and through JSON between them, every number is the same to the bit", () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.nat(400), { maxLength: 12 }), (seed, cuts) => {
        const { records, deployments } = aStream(seed, 400);
        const whole = folded(records, deployments);
        let state = newFold(terms, deployments);
        const bounds = [...cuts.toSorted((a, b) => a - b), records.length];
        let from = 0;
        for (const to of bounds) {
          for (const record of records.slice(from, to)) fold(state, record, terms);
          state = stored(state);
          from = Math.max(from, to);
        }
        expect(everyNumberIs(state, whole)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("a deployment noted when it happens is the same as one known from the beginning", () => {
    const { records, deployments } = aStream(7, 600);
    const state = newFold(terms);
    for (const record of records) {
      for (const one of deployments) {
        if (one.after < record.id && !state.deployments.includes(one)) deploy(state, one);
      }
      fold(state, record, terms);
    }
    expect(everyNumberIs(state, folded(records, deployments))).toBe(true);
  });

  test("what ran alone undrawn may be counted by the month as well as one by one", () => {
    const { records, deployments } = aStream(3, 900);
    const counted = newFold(terms, deployments);
    for (const record of records) {
      if (!record.ranAlone || record.audited) fold(counted, record, terms);
    }
    for (const { day, id } of records.filter((one) => one.ranAlone && !one.audited)) {
      const auditRate = deployments.findLast(({ after }) => after < id)?.auditRate ?? 1;
      countAutos(counted, day.slice(0, 7), { count: 1, auditRate });
    }
    expect(everyNumberIs(counted, folded(records, deployments))).toBe(true);
  });

  test("JSON keeps every number, a lost bet and a statistic far past its alarm too", () => {
    const state = folded([
      ...Array.from({ length: 400 }, (_, at) => audited(at, { loss: 1 })),
      reviewed(500, { loss: 1 / 3, omega: 0.1 }),
    ]);
    expect(state.thresholds[0]?.logw[0]).toBe(-Infinity);
    expect(everyNumberIs(stored(state), state)).toBe(true);
    expect(foldsAgree(stored(state), state)).toBe(true);
    expect(foldsAgree(state, folded([audited(0, { loss: 1 })]))).toBe(false);
  });
});

describe("the certificate", () => {
  test("counts a record at every threshold it reaches, in closed form", () => {
    const state = folded([
      ...Array.from({ length: 300 }, (_, at) => reviewed(at)),
      ...Array.from({ length: 100 }, (_, at) => reviewed(400 + at, { score: 0.6, loss: at === 0 ? 1 : 0 })),
    ]);
    const [strict, , middle, permissive] = thresholdsOf(state, terms);
    expect(strict).toMatchObject({ threshold: 0.9, n: 300, wrong: 0 });
    expect(middle).toMatchObject({ threshold: 0.5, n: 400, wrong: 1 });
    expect(permissive).toMatchObject({ threshold: 0.2, n: 400, wrong: 1 });
    expect(strict?.logE).toBeCloseTo(logEOfCounts({ n: 300, wrong: 0, alpha: 0.02 }), 9);
    expect(middle?.logE).toBeCloseTo(logEOfCounts({ n: 400, wrong: 1, alpha: 0.02 }), 9);
  });

  test("never lets a p-value rise, and certifies from strict to permissive", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { records, deployments } = aStream(seed, 300);
        const state = newFold(terms, deployments);
        let before = thresholdsOf(state, terms);
        const everFalls = records.every((record) => {
          fold(state, record, terms);
          const now = thresholdsOf(state, terms);
          const falls = now.every(({ p }, j) => p <= (before[j]?.p ?? 1));
          before = now;
          return falls;
        });
        expect(everFalls).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test("190 right ones in a row certify the one threshold at 2 % and 5 %, 189 do not", () => {
    const one = { ...terms, grid: [0.5] };
    const after = (n: number) =>
      thresholdsOf(
        folded(
          Array.from({ length: n }, (_, at) => reviewed(at)),
          [],
          one,
        ),
        one,
      )[0];
    expect(after(189)?.certified).toBe(false);
    expect(after(190)?.certified).toBe(true);
  });

  test("one without a label counts as wrong, and as right once the log is folded again with its label", () => {
    const rest = Array.from({ length: 50 }, (_, at) => reviewed(at + 1));
    const late = folded([reviewed(0, { loss: 1, expired: true }), ...rest]);
    const corrected = folded([reviewed(0), ...rest]);
    expect(late.expired).toBe(1);
    expect(late.thresholds[0]).toMatchObject({ n: 51, wrong: 1 });
    expect(corrected.expired).toBe(0);
    expect(corrected.thresholds[0]).toMatchObject({ n: 51, wrong: 0 });
  });
});

describe("alarms", () => {
  const deployed: Deployment = { after: idAt(999), day: "2026-03-02", threshold: 0.7, auditRate: 0.2 };
  const before = Array.from({ length: 999 }, (_, at) =>
    reviewed(at, { score: (at % 10) / 10, loss: at % 20 === 0 ? 1 : 0 }),
  );

  test("audits that find too much wrong sound one, and what comes after does not take it back", () => {
    const bad = Array.from({ length: 12 }, (_, at) => audited(1000 + at, { loss: at % 2 }));
    const good = Array.from({ length: 500 }, (_, at) => audited(1100 + at));
    const state = folded([...before, ...bad, ...good], [deployed]);
    expect(alarmOf(state)).toBe("audit_alarm");
    expect(state.alarm?.at).toBe(idAt(1009));
    expect(alarmOf(folded([...before, ...good], [deployed]))).toBeNull();
  });

  test("half a loss moves the audits' statistic half the way", () => {
    const [right, wrong, half] = [0, 1, 0.5].map(
      (loss) => folded([audited(1000, { loss })], [deployed]).detector[0] ?? 0,
    );
    expect(half).toBeCloseTo(((right ?? 0) + (wrong ?? 0)) / 2, 12);
  });

  test("reviewers who overrule far more below the threshold than before sound the other", () => {
    const day = (n: number, wrongEvery: number) =>
      Array.from({ length: 200 }, (_, at) =>
        reviewed(1000 + n * 200 + at, {
          day: `2026-03-${String(n + 3).padStart(2, "0")}`,
          score: 0.1 + (at % 5) / 10,
          omega: 0.2,
          loss: at % wrongEvery === 0 ? 1 : 0,
        }),
      );
    const calm = [0, 1, 2, 3].flatMap((n) => day(n, 20));
    expect(alarmOf(folded([...before, ...calm], [deployed]))).toBeNull();
    const worse = folded([...before, ...calm, ...day(4, 4), ...day(5, 4)], [deployed]);
    expect(alarmOf(worse)).toBe("reviewed_stream_alarm");
  });

  test("what a ramp or a stop holds back above the threshold is no part of the reviewed stream", () => {
    const held = Array.from({ length: 200 }, (_, at) => reviewed(1000 + at, { omega: 0.2, loss: 1 }));
    expect(folded([...before, ...held], [deployed]).today).toBeNull();
  });
});

test("the account keeps months apart, and the smallest audit rate of each", () => {
  const { account } = folded(
    [
      { ...audited(1000), day: "2026-03-31", audited: false },
      { ...audited(1001, { loss: 1 }), day: "2026-04-01" },
      { ...audited(3000), day: "2026-04-02", audited: false },
    ],
    [
      { after: idAt(999), day: "2026-03-31", threshold: 0.7, auditRate: 0.2 },
      { after: idAt(2000), day: "2026-04-02", threshold: 0.7, auditRate: 0.1 },
    ],
  );
  expect(account).toEqual([
    { month: "2026-03", autos: 1, audited: 0, wrong: 0, piMin: 0.2 },
    { month: "2026-04", autos: 2, audited: 1, wrong: 1, piMin: 0.1 },
  ]);
});
