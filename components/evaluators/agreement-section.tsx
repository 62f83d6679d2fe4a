import { AgreementLine } from "@/components/charts/agreement-line";
import { decimal, percent } from "@/components/charts/chart-theme";
import { StatTile } from "@/components/ui/stat-tile";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { counted } from "@/lib/kernel/counted";
import type { AgreementView, EvaluatorView } from "@/lib/evaluators/views";
import { AmongPeople } from "./among-people";
import { biasText, kappaText, qualityWords, shareText } from "./evaluator-words";

type Props = { evaluator: EvaluatorView; agreement: AgreementView };

/** What it passes, how far people agree with it, and how that went day by day. */
export function AgreementSection({ evaluator: { pass_rate: rate, quality }, agreement }: Props) {
  const { n, subjects, kappa, agreement: raw, bias, floor, days, qualities } = agreement;
  const about =
    subjects === n ? "" : ` Rulings of ${counted(subjects, "subject")}: several of one count as one.`;
  const population = `What the current version scored and people ruled on, each weighted by one over the chance it was drawn with.${about}`;
  const isLow = floor.below;
  return (
    <section aria-label="Agreement with people" className="flex flex-col gap-3">
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-3">
        <StatTile
          question="What share passes?"
          value={rate.share ? percent(rate.share.value) : "Not enough scores yet"}
          interval={
            rate.share ? `95 %: ${percent(rate.share.low)} to ${percent(rate.share.high)}` : undefined
          }
          n={rate.n}
          population={`Scores of the ${quality} by the current version in 30 days, each weighted by one over the chance it was drawn with`}
        />
        <StatTile
          question="How often do people say the same?"
          value={raw ? percent(raw.value) : "Nobody has ruled yet"}
          interval={raw ? `95 %: ${percent(raw.low)} to ${percent(raw.high)}` : undefined}
          n={n}
          population={population}
          table={tableOf(agreement)}
        />
        <StatTile
          question="How much beyond chance?"
          value={
            kappa ? decimal(kappa.value) : n === 0 ? "Nobody has ruled yet" : "Not defined: all say the same"
          }
          interval={kappa ? `95 %: ${decimal(kappa.low)} to ${decimal(kappa.high)}` : undefined}
          n={n}
          population={
            <>
              Cohen’s kappa;{" "}
              {floor.kappa === null
                ? "no floor"
                : `floor ${floor.kappa} from ${floor.min_rulings} subjects on`}
              {bias === null ? "" : `; it ${biasText(bias)}`}.{about}
            </>
          }
          tone={isLow ? "bad" : "neutral"}
        />
      </div>
      <AmongPeople among={agreement.among_people} />
      {qualities.length > 1 ? <ByQuality qualities={qualities} /> : null}
      {days.length > 0 ? (
        <AgreementLine
          title="How did the agreement go?"
          sentence={`Kappa with people by day, its 95 % interval as a band${floor.kappa === null ? "" : `, its floor at ${floor.kappa}`}.`}
          floor={floor.kappa}
          points={days}
          rows={days.map((day) => [
            day.day,
            day.n,
            kappaText(day.kappa) ?? "none",
            day.agreement === null ? "none" : percent(day.agreement),
          ])}
        />
      ) : null}
    </section>
  );
}

/** Prompt, context and output each by itself: one that is good may hide another that is not. */
function ByQuality({ qualities }: Pick<AgreementView, "qualities">) {
  return (
    <Table caption="By quality">
      <TableHead>
        <tr>
          <TableHeading>Quality</TableHeading>
          <TableHeading>Passes, 30 days (95 %)</TableHeading>
          <TableHeading>People say the same (95 %)</TableHeading>
          <TableHeading>Kappa (95 %)</TableHeading>
          <TableHeading>Bias</TableHeading>
        </tr>
      </TableHead>
      <tbody>
        {qualities.map(({ quality, pass_rate: rate, n, agreement, kappa, bias }) => (
          <TableRow key={quality}>
            <TableCell className="font-semibold">{qualityWords[quality]}</TableCell>
            <TableCell className="tabular-nums">
              {shareText(rate.share) ?? "Not enough"}, n = {rate.n.toLocaleString("en")}
            </TableCell>
            <TableCell className="tabular-nums">
              {shareText(agreement) ?? "Nobody has ruled"}, n = {n.toLocaleString("en")}
            </TableCell>
            <TableCell className="tabular-nums">{kappaText(kappa) ?? "–"}</TableCell>
            <TableCell>{biasText(bias) ?? "–"}</TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}

function tableOf({ categories, table }: AgreementView) {
  if (categories.length === 0) return undefined;
  return {
    columns: ["The evaluator said", ...categories.map((name) => `People: ${name}`)],
    rows: table.map((row, i) => [categories[i] ?? "", ...row.map((count) => Math.round(count * 10) / 10)]),
  };
}
