/**
 * What people's time is worth to a queue: pure arithmetic over counts and seconds. Hours of review are taken to be spread
 * evenly over the day, and each queue's order to be kept.
 */

const secondsADay = 86_400;

/**
 * Expected arrivals per hour: the mean of hourly counts (oldest first), each weighing half as much for every `halfLife`
 * hours of its age. Null without any hour.
 */
export function arrivalsPerHour(counts: readonly number[], halfLife = 48): number | null {
  if (counts.length === 0) return null;
  let sum = 0;
  let weights = 0;
  counts.forEach((count, index) => {
    const weight = 0.5 ** ((counts.length - 1 - index) / halfLife);
    sum += weight * count;
    weights += weight;
  });
  return sum / weights;
}

/** What a queue has to do it with: seconds a review takes, and hours of review a day. */
export type Means = { handlingSeconds: number; hoursPerDay: number };

/** Reviews that the hours of a day are enough for; 0 without anybody. */
export function handledPerDay({ handlingSeconds, hoursPerDay }: Means): number {
  return handlingSeconds <= 0 ? 0 : (hoursPerDay * 3600) / handlingSeconds;
}

/** Share of the hours that arrivals alone take up; above 1 the queue grows for ever. Null without anybody. */
export function utilisation(perDay: number, means: Means): number | null {
  const handled = handledPerDay(means);
  return handled === 0 ? null : perDay / handled;
}

/** Days until nothing waits; 0 when nothing does, null when it never comes to that. */
export function daysToClear(waiting: number, perDay: number, means: Means): number | null {
  if (waiting === 0) return 0;
  const spare = handledPerDay(means) - perDay;
  return spare <= 0 ? null : waiting / spare;
}

/** Of what waits, in the queue's order with seconds until each is due, how many will be late. */
export function lateOf(dueInSeconds: readonly number[], means: Means): number {
  const handled = handledPerDay(means);
  if (handled === 0) return dueInSeconds.length;
  return dueInSeconds.filter((due, index) => ((index + 1) / handled) * secondsADay > due).length;
}

/** The place in the queue's order, from 1, of the last review that a day's hours are enough for; 0 when for none. */
export function lastHandled(waiting: number, means: Means): number {
  return Math.min(waiting, Math.floor(handledPerDay(means)));
}

/** How often proposals near the threshold are wrong, by labels weighted by 1/pi. */
export type NearError = { value: number; lower: number; upper: number; n: number };

export type ThresholdChange = {
  by: number;
  /** More (or fewer, below 0) reviews and minutes of review a day. */
  reviewsPerDay: number;
  minutesPerDay: number;
  /** Wrong acts a week that this prevents (below 0) or lets through; null: not enough labels near the threshold. */
  wrongPerWeek: { value: number; lower: number; upper: number } | null;
};

/**
 * What another threshold costs or saves: `movedPerDay` proposals lie between the old and the new one. A higher threshold
 * sends them to a person, who is taken to catch what is wrong of them; a lower one lets them act alone.
 */
export function thresholdChange(
  by: number,
  about: { movedPerDay: number; handlingSeconds: number; error: NearError | null },
): ThresholdChange {
  const { movedPerDay, handlingSeconds, error } = about;
  const sign = by > 0 ? 1 : -1;
  const perWeek = movedPerDay * 7;
  // The interval's ends change places where wrong acts are prevented.
  const wrong = (rate: number) => -sign * rate * perWeek + 0;
  return {
    by,
    reviewsPerDay: sign * movedPerDay + 0,
    minutesPerDay: (sign * movedPerDay * handlingSeconds) / 60 + 0,
    wrongPerWeek: error && {
      value: wrong(error.value),
      lower: wrong(sign > 0 ? error.upper : error.lower),
      upper: wrong(sign > 0 ? error.lower : error.upper),
    },
  };
}
