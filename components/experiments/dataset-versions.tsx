import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Progress } from "@/components/ui/progress";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { DatasetVersionView } from "@/lib/experiments/datasets";
import { buildTones, buildWords, count } from "@/lib/experiments/words";
import { isJsonObject } from "@/lib/kernel/json";

type Props = { datasetId: string; versions: DatasetVersionView[]; shown: string };

/** Versions of a dataset, newest first, with what is in each and its hash. */
export function DatasetVersions({ datasetId, versions, shown }: Props) {
  return (
    <Table caption="Versions">
      <TableHead>
        <tr>
          <TableHeading>Version</TableHeading>
          <TableHeading>State</TableHeading>
          <TableHeading align="end">Train</TableHeading>
          <TableHeading align="end">Validation</TableHeading>
          <TableHeading align="end">Test</TableHeading>
          <TableHeading>From</TableHeading>
          <TableHeading>SHA-256</TableHeading>
          <TableHeading>Made</TableHeading>
        </tr>
      </TableHead>
      <tbody>
        {versions.map((version) => (
          <TableRow key={version.id} aria-current={version.id === shown || undefined}>
            <TableCell>
              <Link href={`/datasets/${datasetId}?version=${version.id}`} className="font-semibold underline">
                v{version.version}
              </Link>
            </TableCell>
            <TableCell>
              <State version={version} />
            </TableCell>
            {(["train", "validation", "test"] as const).map((split) => (
              <TableCell key={split} align="end" className="tabular-nums">
                {version.status === "ready" ? count(version.splits[split]) : "–"}
              </TableCell>
            ))}
            <TableCell className="min-w-40">{sourceWords(version)}</TableCell>
            <TableCell className="font-mono text-xs">
              {version.sha256 === null ? (
                "–"
              ) : (
                <span title={version.sha256}>{version.sha256.slice(0, 12)}</span>
              )}
            </TableCell>
            <TableCell className="whitespace-nowrap">
              <Time at={version.created_at} /> by {version.created_by}
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}

function State({ version: { status, items, total, error, version } }: { version: DatasetVersionView }) {
  if (status !== "building") {
    return (
      <span className="flex flex-wrap items-center gap-2">
        <Badge tone={buildTones[status]}>{buildWords[status]}</Badge>
        {error === null ? null : <span className="text-xs">{error}</span>}
      </span>
    );
  }
  return (
    <span className="flex min-w-32 flex-col gap-1 text-xs tabular-nums">
      {total === null ? "Counting" : `${count(items)} of ${count(total)}`}
      <Progress
        label={`Building version ${version}`}
        value={total ? Math.min(1, items / total) : undefined}
      />
    </span>
  );
}

function sourceWords({ source, left_out: leftOut }: DatasetVersionView): string {
  if (!isJsonObject(source)) return "–";
  const seed = typeof source.seed === "string" ? `, seed ${source.seed}` : "";
  const without = leftOut > 0 ? `, ${count(leftOut)} left out` : "";
  if (source.kind === "import") return `A file${seed}`;
  if (source.kind === "decisions") return `${JSON.stringify(source.decisions)} chosen by id${without}${seed}`;
  const filter = isJsonObject(source.filter) ? Object.entries(source.filter) : [];
  const parts = filter.map(
    ([name, value]) =>
      `${name.replaceAll("_", " ")} ${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  return `${parts.length === 0 ? "All with a known truth" : parts.join(", ")}${seed}`;
}
