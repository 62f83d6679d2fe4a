import type { ThresholdData } from "./threshold-endpoints";

/** One past decision as a test describes it. */
export type Past = {
  score: number;
  label: "r" | "w" | "u" | "R" | "W";
  pi?: number;
  held?: boolean;
  alone?: boolean;
  amount?: number;
  segment?: number;
};

/** The columns the API would send of them. */
export function columnsOf(history: readonly Past[]): ThresholdData["columns"] {
  const flag = (is: boolean | undefined) => (is ? "1" : "0");
  return {
    score: history.map(({ score }) => score),
    calibrated: null,
    label: history.map(({ label }) => label).join(""),
    pi: history.map(({ pi }) => pi ?? 1),
    held: history.map(({ held }) => flag(held)).join(""),
    alone: history.map(({ alone }) => flag(alone)).join(""),
    amount: history.some(({ amount }) => amount !== undefined)
      ? history.map(({ amount }) => amount ?? null)
      : null,
    day: history.map((_, at) => Math.floor(at / 100)),
    segment: history.map(({ segment }) => segment ?? 0),
  };
}

/** Decisions that are wrong less often the surer the app was; above 0.8 they ran alone and one in ten was audited. */
export function someHistory(count: number, random: () => number): Past[] {
  return Array.from({ length: count }, (): Past => {
    const score = Math.round(random() ** 0.3 * 1000) / 1000;
    const isWrong = random() > 0.4 + 0.6 * score;
    const alone = score >= 0.8;
    const isLabelled = !alone || random() < 0.1;
    return {
      score,
      label: isLabelled ? (isWrong ? "w" : "r") : "u",
      pi: alone ? 0.1 : 1,
      held: random() < 0.05,
      alone,
      amount: Math.floor(10 ** (2 + 3 * random())),
      segment: Math.floor(random() * 3),
    };
  });
}
