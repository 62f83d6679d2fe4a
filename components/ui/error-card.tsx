"use client";

import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { CopyButton } from "@/components/ui/copy-button";

type Props = {
  /** What happened. */
  title?: ReactNode;
  /** What to do. */
  message: ReactNode;
  requestId?: string;
  onRetry?: () => void;
  className?: string;
};

/** A failure a person can act on: what happened, what to do, the request's id, Retry. */
export function ErrorCard({ title = "This did not load", message, requestId, onRetry, className }: Props) {
  return (
    <div
      role="alert"
      className={cn("flex gap-3 rounded-card border border-declined/40 bg-declined-soft p-4", className)}
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-declined-text" />
      <div className="flex min-w-0 flex-col gap-1">
        <p className="text-sm font-semibold">{title}</p>
        <p className="text-sm">{message}</p>
        {requestId ? (
          <p className="flex flex-wrap items-center gap-1 text-xs">
            <span>Request</span>
            <code className="font-mono break-all">{requestId}</code>
            <CopyButton value={requestId} label="Copy request id" />
          </p>
        ) : null}
        {onRetry ? (
          <Button size="sm" className="mt-2 w-fit" onClick={onRetry}>
            Retry
          </Button>
        ) : null}
      </div>
    </div>
  );
}
