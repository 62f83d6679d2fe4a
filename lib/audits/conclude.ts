import type { Cause } from "@/lib/kernel/statuses";
import type { Judgement } from "./schema";

export type Judged = { judgement: Judgement; cause: Cause | null };
export type Conclusion =
  | { kind: "waiting" }
  | { kind: "agreed"; judgement: Judgement; cause: Cause | null }
  | { kind: "disputed" };

/**
 * What the auditors' judgements come to, in the order they were given: nothing before `needed` of them, the judgement
 * where all agree (with the cause that most of them named, the earliest named of those), a dispute where they differ.
 */
export function conclude(judged: readonly Judged[], needed: number): Conclusion {
  const [first] = judged;
  if (!first || judged.length < needed) return { kind: "waiting" };
  if (judged.some(({ judgement }) => judgement !== first.judgement)) return { kind: "disputed" };
  return { kind: "agreed", judgement: first.judgement, cause: mostNamed(judged.map(({ cause }) => cause)) };
}

function mostNamed(causes: readonly (Cause | null)[]): Cause | null {
  const times = (cause: Cause | null) => causes.filter((each) => each === cause).length;
  const named = causes.filter((cause) => cause !== null);
  return named.toSorted((a, b) => times(b) - times(a) || named.indexOf(a) - named.indexOf(b))[0] ?? null;
}
