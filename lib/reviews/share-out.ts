/**
 * A review that waits, the most urgent first; `not_for` names people who may not be asked (`user:<id>`), `only_for` the
 * only ones who may (their ids; nobody: all), `needs` the skills it asks for.
 */
export type Open = {
  review: string;
  decision: string;
  not_for: string[];
  only_for: string[];
  needs: string[];
};
/** Somebody who is there: how many more they may be given here, and how many they have to do anywhere. */
export type Ready = { id: string; skills: string[]; room: number; load: number };
export type Given = { review: string; decision: string; person: string };

/** Keeps each review for whoever may be asked and has least to do; what finds nobody stays where it is. */
export function shareOut(reviews: readonly Open[], people: readonly Ready[]): Given[] {
  const left = people.map((person) => ({ ...person }));
  return reviews.flatMap((open) => {
    const { review, decision } = open;
    const [first, ...others] = left.filter((person) => person.room > 0 && mayBeAsked(person, open));
    if (!first) return [];
    const least = others.reduce((best, one) => (one.load < best.load ? one : best), first);
    least.room -= 1;
    least.load += 1;
    return [{ review, decision, person: least.id }];
  });
}

function mayBeAsked({ id, skills }: Ready, { not_for, only_for, needs }: Open): boolean {
  if (not_for.includes(`user:${id}`)) return false;
  return (only_for.length === 0 || only_for.includes(id)) && needs.every((skill) => skills.includes(skill));
}
