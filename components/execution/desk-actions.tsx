"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import type { Answer } from "@/components/identity/use-submit";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import type { LookUpReport } from "@/lib/execution/schema";
import type { ExecutionDetail } from "@/lib/execution/schema";
import { ResolveDialog, type Resolve } from "./resolve-dialog";
import { RetryDialog, type Retry } from "./retry-dialog";

type Props = {
  execution: Pick<ExecutionDetail, "id" | "desk" | "connector">;
  lookUp: (input: { executionId: string }) => Promise<Answer<LookUpReport>>;
  resolve: Resolve;
  retry: Retry;
};

/** What a person may do about an execution of open fate: look, settle, send again; and why not, where not. */
export function DeskActions({ execution, lookUp, resolve, retry }: Props) {
  const { desk, id } = execution;
  const [open, setOpen] = useState<"resolve" | "retry">();
  const { ask, isPending } = useLookUp(id, lookUp);
  const isOffered = (name: keyof typeof desk) => desk[name].refusal === null;
  useShortcuts("Reconcile", [
    { keys: "l", label: "Look it up now", run: ask, when: isOffered("look_up") && !isPending },
    { keys: "s", label: "Settle what happened", run: () => setOpen("resolve"), when: isOffered("resolve") },
    { keys: "r", label: "Send it again", run: () => setOpen("retry"), when: isOffered("retry") },
  ]);
  const sentences = [desk.look_up, desk.resolve, desk.retry].flatMap(
    ({ refusal }) => refusal?.sentence ?? [],
  );
  const reasonId = `why-not-${id}`;
  const why = (name: keyof typeof desk) =>
    isOffered(name)
      ? {}
      : { "aria-disabled": true, "aria-describedby": reasonId, title: desk[name].refusal?.sentence };
  return (
    <div className="flex flex-col items-end gap-2 max-md:items-stretch">
      <div className="flex flex-wrap gap-2">
        <Button
          variant={isOffered("look_up") ? "primary" : "secondary"}
          shortcut="l"
          pending={isPending}
          onClick={isOffered("look_up") ? ask : undefined}
          {...why("look_up")}
        >
          Look it up now
        </Button>
        <Button
          variant={isOffered("resolve") && !isOffered("look_up") ? "primary" : "secondary"}
          shortcut="s"
          onClick={isOffered("resolve") ? () => setOpen("resolve") : undefined}
          {...why("resolve")}
        >
          Settle it
        </Button>
        <Button
          shortcut="r"
          onClick={isOffered("retry") ? () => setOpen("retry") : undefined}
          {...why("retry")}
        >
          Send it again
        </Button>
      </div>
      {sentences.length > 0 ? (
        <p id={reasonId} className="max-w-prose text-xs text-muted-foreground">
          {[...new Set(sentences)].join(" ")}
        </p>
      ) : null}
      <ResolveDialog
        executionId={id}
        system={execution.connector?.name ?? "the system"}
        open={open === "resolve"}
        onOpenChange={(isOpen) => setOpen(isOpen ? "resolve" : undefined)}
        resolve={resolve}
      />
      <RetryDialog
        executionId={id}
        offer={desk.retry}
        open={open === "retry"}
        onOpenChange={(isOpen) => setOpen(isOpen ? "retry" : undefined)}
        retry={retry}
      />
    </div>
  );
}

function useLookUp(executionId: string, lookUp: Props["lookUp"]) {
  const router = useRouter();
  const { toast } = useToast();
  const [isPending, start] = useTransition();
  const ask = () =>
    start(async () => {
      const result = await lookUp({ executionId });
      if (result.ok) {
        toast({
          title: result.data.sentence,
          tone: result.data.outcome === "ambiguous" ? "error" : "success",
        });
      } else toast({ title: "It could not be looked up", description: result.error.message, tone: "error" });
      router.refresh();
    });
  return { ask, isPending };
}
