"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { orThrow } from "@/components/identity/use-submit";
import { useKeyOf } from "@/components/shell/keymap";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { BulkResult, BulkRuling } from "@/lib/reviews/bulk";
import { type ReviewActions, reached } from "./answers";
import { BulkPreview } from "./bulk-preview";

type Props = {
  ids: string[];
  ruling: BulkRuling;
  actions: ReviewActions;
  onDone: (result: BulkResult) => void;
  onClose: () => void;
};

const focus = (button: HTMLButtonElement | null) => button?.focus();
const verbs = {
  approve: { verb: "Approve", done: "approved" },
  decline: { verb: "Decline", done: "declined" },
};

/** Shows what one word for many would do, and does it only as shown. */
export function BulkDialog({ ids, ruling, actions, onDone, onClose }: Props) {
  const keyOf = useKeyOf();
  const [result, setResult] = useState<BulkResult>();
  const [problem, setProblem] = useState<string>();
  const [pending, setPending] = useState(false);
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ["bulk", ids, ruling],
    queryFn: () => orThrow(actions.bulk({ step: "preview", reviews: ids, ruling })),
    // A preview is of the moment it was asked for.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const preview = data?.object === "bulk_preview" ? data : undefined;
  const { verb, done } = verbs[ruling.verdict];
  const none = preview?.count === 0;
  const ready = preview?.token != null && !isFetching && !pending && !result;

  async function apply(): Promise<void> {
    const token = preview?.token;
    if (!ready || !token) return;
    setPending(true);
    setProblem(undefined);
    const answer = await reached(() => actions.bulk({ step: "apply", token }));
    setPending(false);
    if (!answer.ok) {
      setProblem(answer.error.message);
      void refetch();
      return;
    }
    if (answer.data.object !== "bulk_result") return;
    onDone(answer.data);
    if (answer.data.refused === 0) onClose();
    else setResult(answer.data);
  }
  useShortcuts("Bulk", [
    { id: "submit", label: `${verb} all as shown`, when: ready, run: () => void apply() },
  ]);
  function titleOf(): string {
    if (none) return `None of these can be ${done} together`;
    return preview ? `${verb} these ${preview.count} alike?` : `${verb} ${ids.length}?`;
  }
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        className="max-w-2xl"
        title={titleOf()}
        description={
          none
            ? "What each of them asks for is said below."
            : "Each gets its own record, and each can be taken back until it takes effect."
        }
        footer={
          <>
            <Button onClick={onClose}>{result || none ? "Close" : "Cancel"}</Button>
            {result || none ? null : (
              <Button
                // Mounted once there is something to confirm: Enter confirms what was read.
                key={preview ? "ready" : "waiting"}
                ref={preview ? focus : undefined}
                variant={ruling.verdict === "approve" ? "positive" : "danger"}
                shortcut={keyOf("submit")}
                disabled={!ready}
                pending={pending}
                onClick={() => void apply()}
              >
                {preview ? `${verb} ${preview.count}` : verb}
              </Button>
            )}
          </>
        }
      >
        {(problem ?? error) ? (
          <p
            role="alert"
            className="mb-3 rounded-control bg-declined-soft px-3 py-2 text-sm text-declined-text"
          >
            {problem ?? error?.message}
          </p>
        ) : null}
        {result ? <Refused result={result} preview={preview?.included ?? []} /> : null}
        {!result && preview ? <BulkPreview preview={preview} /> : null}
        {!preview && !error ? <Skeleton className="h-40 w-full" /> : null}
      </DialogContent>
    </Dialog>
  );
}

type RefusedProps = { result: BulkResult; preview: { id: string; summary: string }[] };

function Refused({ result, preview }: RefusedProps) {
  const summaryOf = new Map(preview.map(({ id, summary }) => [id, summary]));
  return (
    <div role="status" className="flex flex-col gap-2 text-sm">
      <p>
        <strong>{result.given}</strong> ruled on, <strong>{result.refused}</strong> not:
      </p>
      <ul className="flex flex-col gap-1.5">
        {result.results
          .filter(({ ok }) => !ok)
          .map(({ id, message }) => (
            <li key={id}>
              <UntrustedInline text={summaryOf.get(id) ?? id} />
              <span className="block text-xs text-muted-foreground">{message}</span>
            </li>
          ))}
      </ul>
    </div>
  );
}
