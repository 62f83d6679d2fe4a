/** A row to be put on one side: what it is about, what its text is like, and whether a side is given already. */
export type Splittable = { id: string; subject: string | null; likeness: string; fixed?: "train" | "test" };

/** Texts shorter than this are alike by chance. */
const shortestLikeness = 40;

/**
 * Puts rows on two sides so that nothing of one subject, and no two texts that are near the same, stand on both. Which side
 * is a hash of the group's first row, so that a group stays where it was when rows are added. A group with a row that was
 * learned from before (`fixed: "train"`) stays with learning; one with a row kept for tests (`fixed: "test"`) is tested on
 * alone, and what of it was learned from before counts on neither side.
 */
export function splitRows<Row extends Splittable>(
  rows: readonly Row[],
  options: { testShare: number; hash: (text: string) => number },
): { train: Row[]; test: Row[]; groupOf: (id: string) => string } {
  const groups = groupsOf(rows);
  const train: Row[] = [];
  const test: Row[] = [];
  for (const [key, members] of groups.members) {
    const isKept = members.some(({ fixed }) => fixed === "test");
    const isLearned = members.some(({ fixed }) => fixed === "train");
    if (isKept && isLearned) train.push(...members.filter(({ fixed }) => fixed === "train"));
    else if (isKept) test.push(...members);
    else if (isLearned || options.hash(key) >= options.testShare) train.push(...members);
    else test.push(...members);
  }
  return { train, test, groupOf: groups.of };
}

/** Groups by what rows share, directly or over others; a group's name is its smallest id. */
function groupsOf<Row extends Splittable>(rows: readonly Row[]) {
  const parent = new Map<string, string>();
  const find = (id: string): string => {
    let root = id;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    parent.set(id, root);
    return root;
  };
  const join = (a: string, b: string): void => {
    const [one, other] = [find(a), find(b)];
    if (one < other) parent.set(other, one);
    else if (other < one) parent.set(one, other);
  };
  const firstWith = new Map<string, string>();
  for (const { id, subject, likeness } of rows) {
    const shared = [
      ...(subject === null ? [] : [`subject ${subject}`]),
      ...(likeness.length < shortestLikeness ? [] : [`text ${likeness}`]),
    ];
    for (const key of shared) {
      const first = firstWith.get(key);
      if (first === undefined) firstWith.set(key, id);
      else join(first, id);
    }
  }
  const members = new Map<string, Row[]>();
  for (const row of rows) {
    const root = find(row.id);
    const group = members.get(root);
    if (group) group.push(row);
    else members.set(root, [row]);
  }
  return { members, of: find };
}

/** What near-duplicates share: the letters alone, since mass mail varies digits, spacing and punctuation. */
export function likenessOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}]+/gu, "");
}
