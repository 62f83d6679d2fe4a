/** The lists whose filters can be kept. */
export const viewPages = ["inbox", "decisions", "audits", "executions"] as const;
export type ViewPage = (typeof viewPages)[number];

// Where a page begins is of the moment: it is no part of a view.
const places = new Set(["after", "before", "starting_after", "ending_before", "limit"]);

/** The filter of a page's query string, in one order and without its paging; empty when it filters nothing. */
export function viewQuery(query: string): string {
  const kept = [...new URLSearchParams(query)].filter(([key, value]) => value !== "" && !places.has(key));
  return new URLSearchParams(kept.toSorted(([one], [other]) => (one < other ? -1 : 1))).toString();
}
