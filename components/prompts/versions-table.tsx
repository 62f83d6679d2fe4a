import { Badge } from "@/components/ui/badge";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { PromptView } from "@/lib/prompts/endpoints";
import Link from "next/link";
import { sourceWords, statusWords } from "./prompt-words";
import { type FitVersionAction, type MoveVersionAction, VersionSteps } from "./version-steps";

type Props = { prompt: PromptView; shown: number; move?: MoveVersionAction; fit?: FitVersionAction };

/** The versions of a prompt, newest first, with the steps each may take. */
export function VersionsTable({ prompt, shown, move, fit }: Props) {
  return (
    <Table caption={`Versions of ${prompt.name}`}>
      <TableHead>
        <tr>
          <TableHeading>Version</TableHeading>
          <TableHeading>State</TableHeading>
          <TableHeading className="max-md:hidden">Model</TableHeading>
          <TableHeading className="max-lg:hidden">Confidence</TableHeading>
          <TableHeading className="max-md:hidden">What changed</TableHeading>
          <TableHeading className="max-lg:hidden">Drafted</TableHeading>
          {move ? <TableHeading align="end">Steps</TableHeading> : null}
        </tr>
      </TableHead>
      <tbody>
        {prompt.versions.map((version) => {
          const { word, tone } = statusWords[version.status];
          return (
            <TableRow key={version.id} aria-current={version.version === shown || undefined}>
              <TableCell>
                <Link
                  className="underline underline-offset-2"
                  href={`?version=${version.version}`}
                  scroll={false}
                  prefetch={false}
                >
                  {version.version}
                </Link>
              </TableCell>
              <TableCell>
                <Badge tone={tone}>{word}</Badge>
              </TableCell>
              <TableCell className="max-md:hidden">{version.model.name}</TableCell>
              <TableCell className="max-lg:hidden">{sourceWords[version.settings.confidence]}</TableCell>
              <TableCell className="max-w-72 max-md:hidden">
                <UntrustedInline text={version.note} />
              </TableCell>
              <TableCell className="max-lg:hidden">
                <Time at={version.created_at} />
              </TableCell>
              {move && fit ? (
                <TableCell align="end">
                  <VersionSteps
                    app={prompt.app_id}
                    prompt={prompt.id}
                    version={version}
                    move={move}
                    fit={fit}
                  />
                </TableCell>
              ) : null}
            </TableRow>
          );
        })}
      </tbody>
    </Table>
  );
}
