import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import type { EvaluatorView } from "@/lib/evaluators/views";
import { kappaText, kindWords, shareText, statusWords } from "./evaluator-words";

/** An app's evaluators: what they look at, what they pass, how far people agree with them, and whether they count. */
export function EvaluatorList({ evaluators }: { evaluators: readonly EvaluatorView[] }) {
  return (
    <Table caption="Evaluators">
      <TableHead>
        <tr>
          <TableHeading>Name</TableHeading>
          <TableHeading>Kind</TableHeading>
          <TableHeading>Looks at</TableHeading>
          <TableHeading>Passes, 30 days (95 %)</TableHeading>
          <TableHeading>Kappa with people (95 %)</TableHeading>
          <TableHeading>State</TableHeading>
        </tr>
      </TableHead>
      <tbody>
        {evaluators.map((evaluator) => (
          <Row key={evaluator.id} evaluator={evaluator} />
        ))}
      </tbody>
    </Table>
  );
}

function Row({ evaluator }: { evaluator: EvaluatorView }) {
  const { id, app_id, name, kind, quality, status, rules, pass_rate: rate, agreement } = evaluator;
  const drawing = rules.filter(({ enabled }) => enabled).length;
  return (
    <TableRow>
      <TableCell>
        <Link
          href={`/apps/${app_id}/evaluators/${id}`}
          prefetch={false}
          className="font-semibold after:absolute after:inset-0"
        >
          {name}
        </Link>
      </TableCell>
      <TableCell className="whitespace-nowrap">{kindWords[kind].label}</TableCell>
      <TableCell className="whitespace-nowrap">
        {quality}, {drawing === 0 ? "no rule yet" : drawing === 1 ? "one rule" : `${drawing} rules`}
      </TableCell>
      <TableCell className="tabular-nums">
        {shareText(rate.share) ?? <Few n={rate.n} what="scores" />}
      </TableCell>
      <TableCell className="tabular-nums">
        {kappaText(agreement?.kappa ?? null) ?? <Few n={agreement?.n ?? 0} what="rulings" />}
      </TableCell>
      <TableCell>
        <Badge tone={statusWords[status].tone}>{statusWords[status].label}</Badge>
      </TableCell>
    </TableRow>
  );
}

function Few({ n, what }: { n: number; what: string }) {
  return (
    <span className="text-muted-foreground">
      Not enough: {n.toLocaleString("en")} {what}
    </span>
  );
}
