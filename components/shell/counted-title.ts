const mark = /^Needs review \(\d+\+?\) · /;

/** A page's own title, without what waits. */
export const ownTitle = (title: string): string => title.replace(mark, "");

/** A page's title with how much waits before it. Between two pages there is none, and it stays so. */
export function countedTitle(title: string, { waiting, most }: { waiting: number; most: number }): string {
  const own = ownTitle(title);
  return own === "" ? "" : `Needs review (${waiting > most ? `${most}+` : waiting}) · ${own}`;
}
