import type { CertificationCheck } from "./certification";

/** What a check is, as one would put it to somebody who has to trust the result. */
export const checkWords: Record<CertificationCheck, string> = {
  accepts: "Does what it is asked, and says so",
  dedupes: "Asked twice with one key, acts once",
  looks_up: "Can be asked about what it did",
  finds_nothing: "Says when there is nothing",
  refuses: "Refuses what is wrong",
  observes: "Shows its state",
};
