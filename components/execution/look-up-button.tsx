"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import type { LookUpReport } from "@/lib/execution/schema";
import type { ActionResult } from "@/lib/kernel/action-result";

type Props = {
  executionId: string;
  lookUp: (input: { executionId: string }) => Promise<ActionResult<LookUpReport>>;
};

/** Asks the system now whether the act took effect, and says what it answered. */
export function LookUpButton({ executionId, lookUp }: Props) {
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
  return (
    <Button variant="primary" pending={isPending} onClick={ask}>
      Look it up now
    </Button>
  );
}
