import { causes, type Cause } from "@/lib/kernel/statuses";
import { cohenKappa, crossTable } from "@/lib/stats/cohen-kappa";
import { wilsonInterval } from "@/lib/stats/wilson";

/** How often one proposer named `proposed` where a person confirmed `confirmed`. */
export type CauseCount = { by: string; proposed: Cause; confirmed: Cause; n: number };

export type AuditorAgreement = {
  by: string;
  n: number;
  agreed: number;
  interval: { lower: number; upper: number };
  /** Cohen's kappa with its interval; null where chance alone would agree. */
  kappa: { value: number; lower: number; upper: number } | null;
  /** Of each cause that people confirmed, how often it had been proposed. */
  causes: { cause: Cause; n: number; agreed: number }[];
};

/** Each proposer against the people who confirmed after seeing its proposal. */
export function agreementsOf(counts: readonly CauseCount[]): AuditorAgreement[] {
  const byProposer = Map.groupBy(counts, ({ by }) => by);
  return [...byProposer].map(([by, own]) => agreementOf(by, own)).toSorted((a, b) => b.n - a.n);
}

function agreementOf(by: string, own: readonly CauseCount[]): AuditorAgreement {
  const table = crossTable([], causes);
  for (const { proposed, confirmed, n } of own) {
    const row = table[causes.indexOf(proposed)];
    const column = causes.indexOf(confirmed);
    if (row?.[column] !== undefined) row[column] += n;
  }
  const total = (rows: readonly CauseCount[]) => rows.reduce((sum, { n }) => sum + n, 0);
  const [n, agreed] = [total(own), total(own.filter(isAgreed))];
  const { value, interval } = cohenKappa(table);
  return {
    by,
    n,
    agreed,
    interval: wilsonInterval(agreed, n),
    kappa: value === null || interval === null ? null : { value, ...interval },
    causes: causes.flatMap((cause) => {
      const rows = own.filter(({ confirmed }) => confirmed === cause);
      return rows.length === 0 ? [] : [{ cause, n: total(rows), agreed: total(rows.filter(isAgreed)) }];
    }),
  };
}

const isAgreed = ({ proposed, confirmed }: CauseCount) => proposed === confirmed;
