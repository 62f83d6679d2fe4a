/** The functions, as the editor of a rule offers them. All answer with a number that has decimals. */
export const historyMeanings = [
  {
    name: 'history.count("24h")',
    meaning: "earlier decisions about the same subject in that time; a second word counts one type only",
  },
  { name: 'history.sum("24h")', meaning: "their amounts together, in minor units of this one's currency" },
  {
    name: 'history.seen("30d", "iban")',
    meaning: "earlier ones in which this argument had the value it has now; 0.0 means it is new",
  },
  {
    name: 'history.distinct("24h", "iban")',
    meaning: "different values this argument had in that time, with this decision's",
  },
] as const;
