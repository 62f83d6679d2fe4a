import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import { configChanges } from "@/lib/evaluators/config-changes";
import type { EvaluatorVersionView } from "@/lib/evaluators/views";

/** Every version, the newest first, each with what it changed. */
export function VersionsCard({
  versions,
  current,
}: {
  versions: readonly EvaluatorVersionView[];
  current: string;
}) {
  return (
    <Card aria-labelledby="versions-title">
      <CardHeader id="versions-title" title="Versions" />
      <CardBody>
        <ol className="flex flex-col divide-y">
          {versions.map((version, at) => (
            <li key={version.id} className="flex flex-col gap-2 py-3 first:pt-0 last:pb-0">
              <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
                <h3 className="font-semibold">Version {version.version}</h3>
                {version.id === current ? <Badge tone="approved">Scores now</Badge> : null}
                <span className="text-muted-foreground">
                  by {version.created_by}, <Time at={version.created_at} />
                </span>
              </div>
              {version.note ? <p className="text-sm">“{version.note}”</p> : null}
              <Changes version={version} before={versions[at + 1]} />
            </li>
          ))}
        </ol>
      </CardBody>
    </Card>
  );
}

type ChangesProps = { version: EvaluatorVersionView; before: EvaluatorVersionView | undefined };

function Changes({ version, before }: ChangesProps) {
  const changes = configChanges(before?.config ?? {}, version.config);
  if (changes.length === 0)
    return <p className="text-sm text-muted-foreground">The same configuration as before.</p>;
  return (
    <details className="text-sm">
      <summary className="cursor-pointer text-muted-foreground hover:text-foreground">
        {changes.length === 1 ? "One setting" : `${changes.length} settings`}{" "}
        {before ? `other than in version ${before.version}` : "to begin with"}
      </summary>
      <dl className="mt-2 flex flex-col gap-2">
        {changes.map(({ at, before: was, after: is }) => (
          <div key={at} className="flex flex-col gap-1">
            <dt className="font-mono text-xs font-semibold">{at}</dt>
            <dd className="flex flex-col gap-1">
              {was === null ? null : (
                <del className="block rounded-control bg-declined-soft px-3 py-1.5 font-mono text-xs wrap-anywhere whitespace-pre-wrap text-declined-text no-underline">
                  − {was}
                </del>
              )}
              {is === null ? null : (
                <ins className="block rounded-control bg-approved-soft px-3 py-1.5 font-mono text-xs wrap-anywhere whitespace-pre-wrap text-approved-text no-underline">
                  + {is}
                </ins>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
