import { expect, test } from "vitest";
import { chanceEverCertified, isEverCertified, type Boundary } from "./boundary";
import { randomOf } from "./random";

const boundary: Boundary = { alpha: 0.02, rate: 0.02, delta: 0.05, decisions: 10_000, method: "certificate" };

// From the simulations that the method was chosen by (3,000 streams each), with four standard errors.
test.each<[Partial<Boundary>, number, number]>([
  [{}, 0.043, 0.015],
  [{ delta: 0.1 }, 0.0917, 0.021],
  [{ rate: 0.022 }, 0.0217, 0.011],
  [{ alpha: 0.05, rate: 0.05 }, 0.0477, 0.016],
  [{ alpha: 0.05, rate: 0.05, delta: 0.1 }, 0.0967, 0.022],
  [{ method: "clopper_pearson" }, 0.3187, 0.034],
  [{ method: "clopper_pearson", delta: 0.1 }, 0.5013, 0.037],
  [{ method: "clopper_pearson", alpha: 0.05, rate: 0.05 }, 0.3677, 0.035],
])("%j: the exact chance of a false certificate is about %d", (change, chance, within) => {
  expect(Math.abs(chanceEverCertified({ ...boundary, ...change }) - chance)).toBeLessThan(within);
});

test.each(["certificate", "clopper_pearson"] as const)(
  "%s: simulated streams agree with the exact chance",
  (method) => {
    const short: Boundary = { ...boundary, decisions: 800, method };
    const chance = chanceEverCertified(short);
    const size = 4000;
    const seen = Array.from({ length: size }, (_, index) =>
      isEverCertified(short, randomOf(9, method, index)),
    );
    const share = seen.filter(Boolean).length / size;
    expect(Math.abs(share - chance)).toBeLessThan(4 * Math.sqrt((chance * (1 - chance)) / size));
  },
);

test("a certificate never promises more than delta", () => {
  for (const delta of [0.01, 0.05, 0.2])
    expect(chanceEverCertified({ ...boundary, delta })).toBeLessThan(delta);
});
