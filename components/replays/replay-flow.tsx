import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { statusWord } from "@/components/ui/status-badge";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { count, figure } from "@/lib/autonomy/replay-words";
import type { ReplayResult } from "@/lib/autonomy/replay-views";
import { type Route, routes } from "@/lib/decisions/routes";
import { counted } from "@/lib/kernel/counted";
import { bandsOf, type Band, type Ribbon } from "./flow-bands";

const fills: Record<Route, string> = {
  execute: "fill-auto",
  review: "fill-review",
  decline: "fill-declined",
  shadow: "fill-border-strong",
};
const inks: Record<Route, string> = {
  execute: "text-auto-text",
  review: "text-review-text",
  decline: "text-declined-text",
  shadow: "text-muted-foreground",
};

/** Where decisions went and where they would have gone: bars with what flows between them, and the same as a table. */
export function ReplayFlow({ result }: { result: ReplayResult }) {
  const { flow, decisions } = result;
  const moved = flow.filter(({ was, would }) => was !== would).reduce((sum, one) => sum + one.count, 0);
  const { was, would, ribbons } = bandsOf(flow);
  return (
    <Card aria-labelledby="replay-flow">
      <CardHeader
        id="replay-flow"
        title={
          moved === 0 ? "Nothing would have gone another way" : `${count(moved)} would have gone another way`
        }
        description={`Of ${counted(decisions, "decision")}: ${figure((moved / Math.max(1, decisions)) * 100)} %.`}
      />
      <CardBody className="flex flex-col gap-4">
        <div aria-hidden className="grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-2">
          <Labels title="Went" bands={was} total={decisions} side="start" />
          <svg viewBox="0 0 100 100" preserveAspectRatio="none" className="mt-6 h-56 w-full">
            {ribbons.map((ribbon) => (
              <path
                key={`${ribbon.was}>${ribbon.would}`}
                d={pathOf(ribbon)}
                className={cn(fills[ribbon.would], ribbon.was === ribbon.would ? "opacity-25" : "opacity-60")}
              />
            ))}
            {was.map(({ route, from, to }) => (
              <rect key={route} x={0} y={from} width={2} height={to - from} className={fills[route]} />
            ))}
            {would.map(({ route, from, to }) => (
              <rect key={route} x={98} y={from} width={2} height={to - from} className={fills[route]} />
            ))}
          </svg>
          <Labels title="Would go" bands={would} total={decisions} side="end" />
        </div>
        <FlowTable result={result} />
      </CardBody>
    </Card>
  );
}

type LabelsProps = { title: string; bands: Band[]; total: number; side: "start" | "end" };

function Labels({ title, bands, total, side }: LabelsProps) {
  return (
    <div className={cn("flex w-24 flex-col text-xs", side === "start" ? "text-end" : "text-start")}>
      <span className="h-6 font-semibold text-muted-foreground">{title}</span>
      <div className="relative h-56">
        {bands.map(({ route, n, label }) => (
          <span
            key={route}
            className={cn("absolute inset-x-0 -translate-y-1/2 leading-tight", inks[route])}
            style={{ top: `${label}%` }}
          >
            <span className="block font-semibold">{statusWord("route", route)}</span>
            <span className="tabular-nums">{figure((n / Math.max(1, total)) * 100)} %</span>
          </span>
        ))}
      </div>
    </div>
  );
}

function pathOf({ left, right, height }: Ribbon): string {
  return `M2 ${left} C50 ${left} 50 ${right} 98 ${right} L98 ${right + height} C50 ${right + height} 50 ${left + height} 2 ${left + height} Z`;
}

function FlowTable({ result: { flow, decisions } }: { result: ReplayResult }) {
  const used = routes.filter((route) => flow.some(({ was, would }) => was === route || would === route));
  const cell = (was: Route, would: Route) =>
    flow.find((one) => one.was === was && one.would === would)?.count ?? 0;
  return (
    <Table caption="Where decisions went, by row, and would have gone, by column">
      <TableHead>
        <tr>
          <TableHeading>Went</TableHeading>
          {used.map((route) => (
            <TableHeading key={route} align="end">
              → {statusWord("route", route)}
            </TableHeading>
          ))}
        </tr>
      </TableHead>
      <tbody>
        {used.map((was) => (
          <TableRow key={was}>
            <th scope="row" className="border-b px-3 text-start font-semibold">
              {statusWord("route", was)}
            </th>
            {used.map((would) => (
              <TableCell key={would} align="end" className="tabular-nums">
                {cell(was, would) === 0 ? (
                  <span className="text-subtle-foreground">0</span>
                ) : (
                  <span className={was === would ? "text-muted-foreground" : "font-semibold"}>
                    {count(cell(was, would))}{" "}
                    <span className="font-normal whitespace-nowrap text-muted-foreground">
                      ({figure((cell(was, would) / Math.max(1, decisions)) * 100)} %)
                    </span>
                  </span>
                )}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
