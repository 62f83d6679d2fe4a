"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useKeyOf } from "@/components/shell/keymap";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { ErrorCard } from "@/components/ui/error-card";
import { Skeleton } from "@/components/ui/skeleton";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { reviewDetail } from "@/lib/reviews/client";
import type { ReviewView } from "@/lib/reviews/schema";
import type { Viewer } from "./answers";
import { EvidencePanel } from "./evidence-panel";
import { ProposalPanel } from "./proposal-panel";

type Props = { reviewId: string; viewer: Viewer; href: string; onClose: () => void };

/** The row the keyboard is on, beside the list: reading it takes no claim, and the list stays alive. */
export function PeekPanel({ reviewId, viewer, href, onClose }: Props) {
  const keyOf = useKeyOf();
  // The row before stays in sight until this one is here: nothing flickers while walking.
  const { data, error, isPlaceholderData } = useQuery({
    ...reviewDetail(reviewId),
    placeholderData: (before: ReviewView | undefined) => before,
  });
  return (
    <aside
      aria-label="Peek"
      aria-busy={isPlaceholderData || !data}
      className="fixed end-0 top-(--top-bar-height) bottom-0 z-30 flex w-[28rem] max-w-full flex-col border-s bg-popover shadow-floating"
    >
      <header className="flex items-start justify-between gap-3 border-b px-4 py-3">
        <h2 className="min-w-0 text-md font-semibold">
          {data ? <UntrustedInline text={data.summary} /> : <Skeleton className="h-5 w-64" />}
        </h2>
        <Button variant="ghost" size="icon" aria-label="Close the peek" onClick={onClose}>
          <X aria-hidden />
        </Button>
      </header>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls: the keyboard must reach it */}
      <div
        role="region"
        aria-label="What it is"
        tabIndex={0}
        className="flex min-h-0 grow flex-col gap-6 overflow-y-auto p-4"
      >
        {data ? (
          <>
            <ProposalPanel review={data} viewer={viewer} edited={data.decision.edited_arguments} />
            <EvidencePanel review={data} raw={false} onRaw={() => undefined} />
          </>
        ) : null}
        {!data && error ? <ErrorCard message={error.message} /> : null}
        {!data && !error ? <Skeleton className="h-64 w-full" /> : null}
      </div>
      <footer className="flex items-center justify-between gap-2 border-t px-4 py-2">
        <p className="text-xs text-muted-foreground">Reading takes no claim.</p>
        <ButtonLink href={href} prefetch={false} aria-keyshortcuts={keyOf("open")?.toUpperCase()}>
          Open
        </ButtonLink>
      </footer>
    </aside>
  );
}
