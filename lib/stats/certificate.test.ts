import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { binomialPValue } from "./binomial-p";
import {
  addEvidence,
  certificateBets,
  type EvidenceRecord,
  logE,
  logEOfCounts,
  logIncrement,
  newWealth,
  pValueOf,
} from "./certificate";
import { clopperPearsonUpper } from "./clopper-pearson";

const rate = fc.double({ min: 0.001, max: 0.5, noNaN: true });
const weight = fc.double({ min: 0.01, max: 1, noNaN: true });
const record = fc.record({ omega: fc.oneof(fc.constant(1), weight), loss: fc.constantFrom(0, 1, 0.25) });
const records = fc.array(record, { maxLength: 60 });

function folded(list: readonly EvidenceRecord[], alpha: number): number[] {
  const logw = newWealth();
  const bets = certificateBets(alpha);
  for (const each of list) addEvidence(logw, bets, each);
  return logw;
}

/** The expected certificate after n records when each is wrong with chance r. */
function expectedE(n: number, alpha: number, r: number): number {
  let chance = (1 - r) ** n;
  let sum = 0;
  for (let k = 0; k <= n; k += 1) {
    sum += chance * Math.exp(logEOfCounts({ n, wrong: k, alpha }));
    chance *= ((n - k) / (k + 1)) * (r / (1 - r));
  }
  return sum;
}

/**
 * The chance that somebody who looks after every one of `n` records ever certifies, exactly: those not yet certified, by
 * how many were wrong. `isCertified` must hold for fewer wrong if it holds for more.
 */
function everCertified(n: number, r: number, isCertified: (n: number, wrong: number) => boolean): number {
  let open = [1];
  let limit = -1;
  let certified = 0;
  for (let t = 1; t <= n; t += 1) {
    const next = open.map(() => 0).concat(0);
    open.forEach((chance, k) => {
      next[k] = (next[k] ?? 0) + chance * (1 - r);
      next[k + 1] = (next[k + 1] ?? 0) + chance * r;
    });
    while (limit < t && isCertified(t, limit + 1)) limit += 1;
    for (let k = 0; k <= limit; k += 1) {
      certified += next[k] ?? 0;
      next[k] = 0;
    }
    while ((next.at(-1) ?? 1) < 1e-15) next.pop();
    open = next;
  }
  return certified;
}

describe("the promise", () => {
  test.each([1, 5, 12, 40])(
    "on the boundary the certificate of %d records is worth exactly 1 on average",
    (n) => {
      for (const alpha of [0.02, 0.1]) {
        expect(expectedE(n, alpha, alpha)).toBeCloseTo(1, 12);
        expect(expectedE(n, alpha, alpha * 1.1)).toBeLessThan(1);
        expect(expectedE(n, alpha, alpha * 0.5)).toBeGreaterThan(1);
      }
    },
  );

  test("whoever looks after every decision certifies a bad threshold in 4.3 %, never more than the 5 % promised", () => {
    const ever = (alpha: number, r: number, level: number) =>
      everCertified(10_000, r, (n, wrong) => logEOfCounts({ n, wrong, alpha }) >= -Math.log(level));
    expect(ever(0.02, 0.02, 0.05)).toBeCloseTo(0.043, 2);
    expect(ever(0.02, 0.02, 0.05)).toBeLessThan(0.05);
    expect(ever(0.05, 0.05, 0.1)).toBeGreaterThan(0.09);
    expect(ever(0.05, 0.05, 0.1)).toBeLessThan(0.1);
    expect(ever(0.02, 0.022, 0.05)).toBeLessThan(0.025);
  });

  test("the same proof convicts what was made for one look: Clopper-Pearson, looked at after each of 2,000, in a quarter", () => {
    const ever = everCertified(2000, 0.02, (n, wrong) => binomialPValue({ n, wrong, alpha: 0.02 }) <= 0.05);
    expect(ever).toBeGreaterThan(0.2);
  });

  test("every bet is fair on the boundary, whatever the audit rate and however losses are spread", () => {
    fc.assert(
      fc.property(
        rate,
        weight,
        weight,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (alpha, pi, share, spread) => {
          const bets = certificateBets(alpha);
          const omega = share;
          // Losses low or high with mean alpha: the label comes with chance pi, and counts omega = reference/pi.
          const low = alpha * (1 - spread);
          const high = alpha + (1 - alpha) * spread;
          const chance = high > low ? (alpha - low) / (high - low) : 0;
          bets.stakes.forEach((_, k) => {
            const factor = (loss: number) => Math.exp(logIncrement(bets, k, { omega, loss }));
            const mean = 1 - pi + pi * ((1 - chance) * factor(low) + chance * factor(high));
            expect(mean).toBeCloseTo(1, 9);
          });
        },
      ),
    );
  });
});

describe("the state", () => {
  test("does not depend on the order of the records, but for rounding", () => {
    fc.assert(
      fc.property(records, rate, (list, alpha) => {
        expect(logE(folded(list.toReversed(), alpha))).toBeCloseTo(logE(folded(list, alpha)), 9);
      }),
    );
  });

  test("is the same to the last bit when recomputed in the same order, in one go or in two", () => {
    fc.assert(
      fc.property(records, records, rate, (before, after, alpha) => {
        const logw = folded(before, alpha);
        const resumed = [...logw];
        for (const each of after) addEvidence(resumed, certificateBets(alpha), each);
        const anew = folded([...before, ...after], alpha);
        anew.forEach((value, k) => expect(Object.is(value, resumed[k])).toBe(true));
      }),
    );
  });

  test("counts identical records at once", () => {
    const once = folded(
      [
        { omega: 1, loss: 0, count: 300 },
        { omega: 0.05, loss: 1, count: 2 },
      ],
      0.05,
    );
    const one = folded(
      [
        ...Array.from({ length: 300 }, () => ({ omega: 1, loss: 0 })),
        { omega: 0.05, loss: 1 },
        { omega: 0.05, loss: 1 },
      ],
      0.05,
    );
    once.forEach((value, k) => expect(value).toBeCloseTo(one[k] ?? Number.NaN, 10));
  });

  test("a right record always helps and a wrong one never does", () => {
    fc.assert(
      fc.property(records, rate, weight, (list, alpha, omega) => {
        const before = logE(folded(list, alpha));
        expect(logE(folded([...list, { omega, loss: 0 }], alpha))).toBeGreaterThan(before);
        expect(logE(folded([...list, { omega, loss: 1 }], alpha))).toBeLessThan(before);
      }),
    );
  });

  test("weighs a plain record as the likelihood ratio of the bet against the limit", () => {
    const bets = certificateBets(0.02);
    [0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].forEach((share, k) => {
      const q = share * 0.02;
      expect(logIncrement(bets, k, { omega: 1, loss: 0 })).toBeCloseTo(Math.log((1 - q) / 0.98), 14);
      expect(logIncrement(bets, k, { omega: 1, loss: 1 })).toBe(Math.log(share));
    });
  });

  test("weighs any other record by 1 + omega·lambda·(alpha - loss)", () => {
    const loss = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(rate, weight, loss, (alpha, omega, lost) => {
        const bets = certificateBets(alpha);
        [0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].forEach((share, k) => {
          const factor = 1 + omega * ((1 - share) / (1 - alpha)) * (alpha - lost);
          expect(Math.exp(logIncrement(bets, k, { omega, loss: lost }))).toBeCloseTo(Math.max(0, factor), 12);
        });
      }),
    );
  });

  test("loses the bet on no error at all with the first error, and goes on", () => {
    const logw = folded(
      [
        { omega: 1, loss: 1 },
        { omega: 1, loss: 0 },
      ],
      0.05,
    );
    expect(logw[0]).toBe(-Infinity);
    expect(logw.slice(1).every(Number.isFinite)).toBe(true);
    expect(Number.isFinite(logE(logw))).toBe(true);
  });
});

describe("edges", () => {
  test("nothing seen proves nothing: E = 1, p = 1", () => {
    expect(logE(newWealth())).toBeCloseTo(0, 15);
    expect(pValueOf(logE(newWealth()))).toBeCloseTo(1, 15);
    expect(pValueOf(-5)).toBe(1);
    expect(pValueOf(-Infinity)).toBe(1);
    expect(pValueOf(Math.log(20))).toBeCloseTo(0.05, 15);
  });

  test.each([1e-9, 1 - 1e-9])("a limit of %d keeps every number finite or -Infinity", (alpha) => {
    const logw = folded(
      [
        { omega: 1, loss: 0 },
        { omega: 1e-9, loss: 1 },
        { omega: 1, loss: 0.5 },
      ],
      alpha,
    );
    expect(logw.some(Number.isNaN)).toBe(false);
    expect(Number.isNaN(logE(logw))).toBe(false);
  });

  test("a million right records stay exact", () => {
    const logw = folded([{ omega: 1, loss: 0, count: 1_000_000 }], 0.02);
    expect(logE(logw)).toBeCloseTo(Math.log(0.2) - 1e6 * Math.log(0.98), 6);
  });

  test.each([0, 1, -0.1, Number.NaN, Infinity])("a limit of %d is refused", (alpha) => {
    expect(() => certificateBets(alpha)).toThrow(RangeError);
  });

  test.each([
    { omega: 0, loss: 0 },
    { omega: 1.01, loss: 0 },
    { omega: Number.NaN, loss: 0 },
    { omega: 1, loss: -0.1 },
    { omega: 1, loss: 1.1 },
    { omega: 1, loss: Number.NaN },
    { omega: 1, loss: 0, count: 0 },
    { omega: 1, loss: 0, count: 1.5 },
  ])("the record %o is refused, and changes nothing", (broken) => {
    const logw = newWealth();
    expect(() => addEvidence(logw, certificateBets(0.02), broken)).toThrow(RangeError);
    expect(logw).toEqual(newWealth());
  });

  test("a wealth with a hole, as JSON leaves one of -Infinity, is refused and never read as 0", () => {
    const lost = JSON.parse(JSON.stringify(folded([{ omega: 1, loss: 1 }], 0.05)));
    addEvidence(lost, certificateBets(0.05), { omega: 1, loss: 0 });
    expect(() => logE(lost)).toThrow(RangeError);
    expect(() => logE([0, 0])).toThrow(RangeError);
    expect(() => addEvidence([0], certificateBets(0.05), { omega: 1, loss: 0 })).toThrow(RangeError);
  });

  test("more wrong than there were is refused", () => {
    expect(() => logEOfCounts({ n: 3, wrong: 4, alpha: 0.05 })).toThrow(RangeError);
    expect(() => logEOfCounts({ n: 3.5, wrong: 1, alpha: 0.05 })).toThrow(RangeError);
  });
});

describe("how much evidence it takes", () => {
  const leastN = (wrong: number, isEnough: (n: number) => boolean) => {
    let n = Math.max(1, wrong);
    while (!isEnough(n)) n += 1;
    return n;
  };

  test.each([
    [0.05, [59, 93, 124, 153, 181, 208]],
    [0.01, [299, 473, 628, 773, 913, 1049]],
  ])("looked at once, limit %d: the tables of 95 %% tolerance", (alpha, expected) => {
    const found = expected.map((_, wrong) =>
      leastN(wrong, (n) => binomialPValue({ n, wrong, alpha }) <= 0.05),
    );
    expect(found).toEqual(expected);
    expected.forEach((n, wrong) => {
      expect(clopperPearsonUpper(wrong, n)).toBeLessThanOrEqual(alpha);
      expect(clopperPearsonUpper(wrong, n - 1)).toBeGreaterThan(alpha);
    });
  });

  test("looking whenever one likes costs between a quarter and a half more", () => {
    for (const [wrong, once] of [59, 93, 124, 153, 181, 208].entries()) {
      const always = leastN(wrong, (n) => logEOfCounts({ n, wrong, alpha: 0.05 }) >= Math.log(20));
      expect(always / once).toBeGreaterThan(1.25);
      expect(always / once).toBeLessThan(1.5);
    }
  });
});
