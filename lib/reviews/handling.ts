/** How long people looked at reviews: how many they were, and seconds on average. */
export type Looks = { n: number; mean: number };

/** What is assumed of a review that nobody has ever looked at; `decision_types.handling_seconds` begins with it. */
export const assumedSeconds = 60;
/** The wider average counts as many reviews as this, so that a few odd ones of one type do not swing its place. */
export const priorReviews = 20;
/** Nobody reads a case in less: a rate per minute must not grow without end. */
export const leastSeconds = 5;

/**
 * The seconds a review of one type is expected to take: the type's own average, drawn towards that of all types, which
 * is itself drawn towards the assumption. With as many looks as the prior counts, it lies halfway between the two.
 */
export function handlingSeconds(own: Looks, all: Looks): number {
  const usual = drawn(all, assumedSeconds);
  return Math.max(leastSeconds, drawn(own, usual));
}

function drawn({ n, mean }: Looks, towards: number): number {
  return (n * mean + priorReviews * towards) / (n + priorReviews);
}
