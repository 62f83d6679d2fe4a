import { Check, Pencil, Siren } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { ApprovalChain, ApprovalWord } from "@/lib/reviews/approvals";

/** Who approved a decision, stage by stage; nothing for one that a single approval was enough for. */
export function ApprovalsChain({ chain }: { chain: ApprovalChain }) {
  if (!chain.rule) return null;
  return (
    <Card aria-labelledby="approvals">
      <CardHeader id="approvals" title="Approvals" description={<UntrustedInline text={chain.rule.name} />} />
      <CardBody className="flex flex-col gap-4">
        <ol aria-label="Stages" className="flex flex-col gap-2">
          {chain.stages.map(({ name, minimum, given, members }) => (
            <li key={name} className="flex flex-wrap items-center justify-between gap-2 text-sm">
              <span className="min-w-0">
                <UntrustedInline text={name} />
                {members.length > 0 ? (
                  <span className="block text-xs text-muted-foreground">
                    {members.map((member) => member.name).join(", ")}
                  </span>
                ) : null}
              </span>
              <Badge tone={given >= minimum ? "approved" : "review"}>
                {given} of {minimum}
              </Badge>
            </li>
          ))}
        </ol>
        {chain.given.length > 0 ? (
          <ol aria-label="Who gave them" className="flex flex-col gap-3 border-t pt-3">
            {chain.given.map((word) => (
              <Word key={word.at + word.by.id} word={word} />
            ))}
          </ol>
        ) : null}
      </CardBody>
    </Card>
  );
}

function Word({ word }: { word: ApprovalWord }) {
  const { by, on_behalf_of, verdict, at, break_glass, voided_at } = word;
  const Icon = break_glass !== null ? Siren : verdict === "edit" ? Pencil : Check;
  return (
    <li className="flex gap-2 text-sm">
      <Icon
        aria-hidden
        className={cn(
          "mt-0.5 size-4 shrink-0",
          break_glass !== null && "text-declined-text",
          break_glass === null && (verdict === "edit" ? "text-edited-text" : "text-approved-text"),
          voided_at !== null && "text-subtle-foreground",
        )}
      />
      <span className="min-w-0">
        <span className={cn(voided_at !== null && "text-muted-foreground line-through")}>
          <span className="font-semibold">{by.name}</span>{" "}
          {break_glass !== null ? (
            <span className="font-semibold text-declined-text">approved alone, breaking the glass</span>
          ) : verdict === "edit" ? (
            "changed what is to be approved"
          ) : (
            "approved"
          )}
          {on_behalf_of ? ` in place of ${on_behalf_of.name}` : null}
        </span>
        <span className="block text-xs text-muted-foreground">
          <Time at={at} />
          {voided_at !== null ? " · counts no more: it was changed since" : null}
        </span>
        {break_glass !== null ? (
          <span className="block text-sm text-declined-text">
            <UntrustedInline text={break_glass} />
          </span>
        ) : null}
      </span>
    </li>
  );
}
