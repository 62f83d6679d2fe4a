/** A review that waits, the most urgent first; `not_for` names people who may not be asked (`user:<id>`). */
export type Open = { review: string; decision: string; not_for: string[] };
/** Somebody who is there: how many more they may be given here, and how many they have to do anywhere. */
export type Ready = { id: string; room: number; load: number };
export type Given = { review: string; decision: string; person: string };

/** Keeps each review for whoever may be asked and has least to do; what finds nobody stays where it is. */
export function shareOut(reviews: readonly Open[], people: readonly Ready[]): Given[] {
  const left = people.map((person) => ({ ...person }));
  return reviews.flatMap(({ review, decision, not_for }) => {
    const [first, ...others] = left.filter(({ id, room }) => room > 0 && !not_for.includes(`user:${id}`));
    if (!first) return [];
    const least = others.reduce((best, one) => (one.load < best.load ? one : best), first);
    least.room -= 1;
    least.load += 1;
    return [{ review, decision, person: least.id }];
  });
}
