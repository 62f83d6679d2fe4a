"use client";

import { Check, UserX, Users } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { ApprovalState } from "@/lib/reviews/approvals";
import type { ReviewView } from "@/lib/reviews/schema";
import type { ReviewActions, Viewer } from "./answers";
import { BreakGlass } from "./break-glass";
import { refusalId } from "./refusal-id";

type Props = { review: ReviewView; viewer: Viewer; breakGlass?: ReviewActions["breakGlass"] };

/** Who approved already, who still has to, and why the reader may not, where an approval needs more than one look. */
export function ApprovalsNotice({ review, viewer, breakGlass }: Props) {
  const { approvals } = review;
  const { refusal, rule, may_break_glass } = approvals;
  if (review.resolved_at !== null || (refusal === null && rule === null)) return null;
  return (
    <>
      {viewer.mayRule && refusal ? (
        <Line icon={<UserX aria-hidden />} tone="alert">
          <span id={refusalId}>
            {refusal.message}.{refusal.code === "excluded_person" ? null : " You may still decline it."}
          </span>
        </Line>
      ) : null}
      {rule ? (
        <Line icon={<Users aria-hidden />}>
          <Progress approvals={approvals} viewer={viewer} name={rule.name} />
          {may_break_glass && breakGlass ? (
            <BreakGlass review={review} missing={approvals.missing} breakGlass={breakGlass} />
          ) : null}
        </Line>
      ) : null}
    </>
  );
}

function Progress({ approvals, viewer, name }: { approvals: ApprovalState; viewer: Viewer; name: string }) {
  const given = approvals.given.filter(({ voided_at }) => voided_at === null);
  const nameOf = (person: { id: string; name: string }) => (person.id === viewer.id ? "You" : person.name);
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
      <span className="font-semibold">
        <UntrustedInline text={name} />
      </span>
      {given.map((word) => (
        <span key={word.at + word.by.id} className="inline-flex items-center gap-1">
          <Check
            aria-hidden
            className={cn("size-3.5", word.verdict === "edit" ? "text-edited-text" : "text-approved-text")}
          />
          {nameOf(word.by)} {word.verdict === "edit" ? "changed it" : "approved"}
          {word.on_behalf_of ? ` for ${word.on_behalf_of.name}` : null}
        </span>
      ))}
      <span className="text-muted-foreground">{stillNeeded(approvals)}</span>
    </span>
  );
}

/** `1 of 2 approvals still needed: Finance (Ana, Bo)`. */
function stillNeeded({ stages, stage, missing }: ApprovalState): ReactNode {
  const total = stages.reduce((sum, { minimum }) => sum + minimum, 0);
  const open = stages[stage - 1];
  if (!open || missing === 0) return null;
  const who = open.members.map(({ name }) => name);
  return (
    <Fragment>
      {missing} of {total} {total === 1 ? "approval" : "approvals"} still needed, now{" "}
      <UntrustedInline text={open.name} />
      {who.length > 0 ? ` (${who.join(", ")})` : null}
    </Fragment>
  );
}

function Line({ icon, tone, children }: { icon: ReactNode; tone?: "alert"; children: ReactNode }) {
  return (
    <div
      className={cn(
        "flex items-center gap-2 border-b px-4 py-2 text-sm [&>svg]:size-4 [&>svg]:shrink-0 md:px-6",
        tone === "alert" ? "bg-escalated-soft text-escalated-text" : "bg-surface-2",
      )}
    >
      {icon}
      <div className="flex min-w-0 grow flex-wrap items-center justify-between gap-x-4 gap-y-1">
        {children}
      </div>
    </div>
  );
}
