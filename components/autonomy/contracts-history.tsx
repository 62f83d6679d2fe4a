import { Badge, type Tone } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { changeLines } from "@/lib/autonomy/change-lines";
import type { ChangeKind } from "@/lib/autonomy/schema";
import type { ChangeView } from "@/lib/autonomy/views";
import { changeWords } from "@/lib/autonomy/words";

type Props = { changes: ChangeView[]; currency: string; nextHref?: string; newestHref?: string };

const tones: Partial<Record<ChangeKind, Tone>> = {
  promoted: "auto",
  expanded: "auto",
  stepped_down: "escalated",
  rolled_back: "review",
  archived: "idle",
};

/** Everything that happened to a contract, newest first, with what was before and after. */
export function HistoryCard({ changes, currency, nextHref, newestHref }: Props) {
  return (
    <Card aria-labelledby="history-title">
      <CardHeader
        id="history-title"
        title="History"
        description="Written once; nothing in it can be changed, by anybody."
      />
      <CardBody className="flex flex-col gap-3">
        <ol className="flex flex-col divide-y">
          {changes.map((change) => (
            <Change key={change.id} change={change} currency={currency} />
          ))}
        </ol>
        {nextHref || newestHref ? (
          <div className="flex gap-2 self-end">
            {newestHref ? (
              <ButtonLink href={newestHref} size="sm" variant="ghost">
                Newest
              </ButtonLink>
            ) : null}
            {nextHref ? (
              <ButtonLink href={nextHref} size="sm">
                Older
              </ButtonLink>
            ) : null}
          </div>
        ) : null}
      </CardBody>
    </Card>
  );
}

function Change({ change, currency }: { change: ChangeView; currency: string }) {
  const lines = changeLines(change, currency);
  return (
    <li className="flex flex-col gap-1.5 py-3 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <Badge tone={tones[change.kind] ?? "neutral"}>{changeWords[change.kind]}</Badge>
        <span className="text-muted-foreground">
          {change.actor}, <Time at={change.created_at} />, period {change.epoch.number}
        </span>
      </div>
      <p className="max-w-prose text-sm">
        <UntrustedInline text={change.why} />
      </p>
      {lines.length > 0 ? (
        <dl className="grid gap-x-4 gap-y-0.5 text-sm sm:grid-cols-[minmax(7rem,auto)_1fr]">
          {lines.map(({ name, before, after }) => (
            <div key={name} className="contents">
              <dt className="text-muted-foreground">{name}</dt>
              <dd>
                {before === null ? null : (
                  <>
                    <del className="text-muted-foreground">{before}</del>
                    <span aria-hidden> → </span>
                  </>
                )}
                <ins className="font-semibold no-underline">{after}</ins>
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
    </li>
  );
}
