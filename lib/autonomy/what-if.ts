import { type ErrorRate, errorOf, reached, type ScoreIndex } from "./score-index";

/** What the figures of a threshold are reckoned with beside the past decisions. */
export type Means = {
  /** How many weeks the decisions came in over. */
  weeks: number;
  /** Share of what runs alone that is audited. */
  auditRate: number;
  /** Seconds that a person looks at one review; null: nobody has ruled yet. */
  handling: { median: number; p25: number; p75: number } | null;
  /** Minor units: of one wrong automatic decision, and of an hour of a reviewer. */
  costWrong: number | null;
  costHour: number;
};

export type Spread = { value: number; lower: number; upper: number };

export type WhatIf = {
  threshold: number;
  /** Past decisions that would have run alone, and their share of all. */
  alone: number;
  share: number;
  alonePerWeek: number;
  error: ErrorRate;
  wrongPerWeek: Spread | null;
  /** Hours a week that nobody has to look, without those that audits take; the ends are those of the middle half of looks. */
  hoursSaved: Spread | null;
  /** Minor units a week: wrong ones, and people's time for the rest. */
  costPerWeek: Spread | null;
  /** Past decisions that would go another way than they went. */
  flips: { alone: number; person: number };
};

const secondsAnHour = 3600;

/** Everything that the page says of one threshold. Takes a binary search and a handful of sums. */
export function whatIf(index: ScoreIndex, threshold: number, means: Means): WhatIf {
  const alone = reached(index, threshold);
  const error = errorOf(index, alone);
  const alonePerWeek = alone / means.weeks;
  const wrongPerWeek = error.kind === "estimate" ? scaled(error, alonePerWeek) : null;
  const ranAlone = index.alone[alone] ?? 0;
  return {
    threshold,
    alone,
    share: index.total === 0 ? 0 : alone / index.total,
    alonePerWeek,
    error,
    wrongPerWeek,
    hoursSaved: hoursSaved(alonePerWeek, means),
    costPerWeek: costPerWeek(index.total / means.weeks - alonePerWeek * (1 - means.auditRate), {
      wrongPerWeek: alone === 0 ? nothing : wrongPerWeek,
      means,
    }),
    flips: { alone: alone - ranAlone, person: (index.alone[index.size] ?? 0) - ranAlone },
  };
}

const nothing: Spread = { value: 0, lower: 0, upper: 0 };

function scaled({ value, lower, upper }: Spread, by: number): Spread {
  return { value: value * by, lower: lower * by, upper: upper * by };
}

// autonomy.md §4: automatic ones × handling time − audits × handling time.
function hoursSaved(alonePerWeek: number, { handling, auditRate }: Means): Spread | null {
  if (!handling) return null;
  const looks = (alonePerWeek * (1 - auditRate)) / secondsAnHour;
  return scaled({ value: handling.median, lower: handling.p25, upper: handling.p75 }, looks);
}

// People are taken to catch what is wrong of what they look at.
function costPerWeek(
  looks: number,
  { wrongPerWeek, means }: { wrongPerWeek: Spread | null; means: Means },
): Spread | null {
  const { costWrong, costHour, handling } = means;
  if (costWrong === null || !handling || !wrongPerWeek) return null;
  const time = (looks * handling.median * costHour) / secondsAnHour;
  const wrong = scaled(wrongPerWeek, costWrong);
  return { value: wrong.value + time, lower: wrong.lower + time, upper: wrong.upper + time };
}

/** The threshold, of those given, at which a week costs least; null where no cost is known of any. */
export function cheapest(figures: readonly WhatIf[]): WhatIf | null {
  return figures.reduce<WhatIf | null>((best, one) => {
    if (!one.costPerWeek) return best;
    return best?.costPerWeek && best.costPerWeek.value <= one.costPerWeek.value ? best : one;
  }, null);
}

/**
 * The highest share that could run alone with `alpha` at most wrong, were the labels seen so far the whole truth. No
 * promise: it was picked after looking.
 */
export function largestBelow(points: readonly WhatIf[], alpha: number): WhatIf | null {
  return points.reduce<WhatIf | null>((best, one) => {
    if (one.error.kind !== "estimate" || one.error.value > alpha) return best;
    return best && best.share >= one.share ? best : one;
  }, null);
}
