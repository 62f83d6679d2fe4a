"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { pastOf } from "@/lib/reviews/words";
import type { ReviewActions } from "./answers";
import type { KeptVerdict } from "./kept-verdict";
import { dropKept, useKept } from "./kept-verdicts";
import { capital, useGiven } from "./use-given";
import { useSendKept } from "./use-send-kept";

export type KeptProps = { me: string; actions: Pick<ReviewActions, "stage" | "unstage" | "unstageMany"> };

/**
 * The verdicts this person gave without a connection: those that wait on this device, and those that were not given
 * when they could be sent, until the person has read why.
 */
export function KeptNotice({ me, actions }: KeptProps) {
  const kept = useKept(me);
  const given = useGiven(actions, me);
  const refused = kept.filter((each) => each.refused !== undefined);
  const waiting = kept.filter((each) => each.refused === undefined);
  useSendKept(waiting.length, me, actions, given);
  return (
    <div className="flex flex-col gap-2 border-b border-review bg-review-soft px-4 py-2 text-sm md:px-6">
      {waiting.length > 0 ? (
        <>
          <p className="font-semibold text-review-text">
            {waiting.length === 1 ? "1 verdict is" : `${waiting.length} verdicts are`} kept on this device,
            and sent when there is a connection
          </p>
          <Lines>
            {waiting.map((verdict) => (
              <Line key={verdict.reviewId} verdict={verdict}>
                <Button size="sm" onClick={() => void given.takeBack(verdict.reviewId)}>
                  Take back
                </Button>
              </Line>
            ))}
          </Lines>
        </>
      ) : null}
      {refused.length > 0 ? (
        <>
          <p className="font-semibold text-declined-text">
            Not given: {refused.length === 1 ? "this verdict" : "these verdicts"} changed nothing
          </p>
          <Lines>
            {refused.map((verdict) => (
              <Line key={verdict.reviewId} verdict={verdict}>
                <Link
                  href={`/inbox/${verdict.reviewId}`}
                  className="font-semibold underline underline-offset-2"
                >
                  See it
                </Link>
                <Button size="sm" variant="ghost" onClick={() => dropKept(verdict)}>
                  Dismiss
                </Button>
              </Line>
            ))}
          </Lines>
        </>
      ) : null}
    </div>
  );
}

function Lines({ children }: { children: ReactNode }) {
  return <ul className="flex max-h-40 flex-col gap-1 overflow-y-auto">{children}</ul>;
}

function Line({ verdict, children }: { verdict: KeptVerdict; children: ReactNode }) {
  const { summary, ruling, refused } = verdict;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="min-w-0">
        {capital(pastOf[ruling.verdict])}: <UntrustedInline text={summary} />
        {refused === undefined ? null : `. ${refused}`}
      </span>
      {children}
    </li>
  );
}
