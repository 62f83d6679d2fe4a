"use client";

import { Hourglass } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { Answer } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Countdown } from "@/components/ui/time";
import { useToast } from "@/components/ui/toast";

type Props = {
  decisionId: string;
  heldUntil: string;
  /** Left out for whoever may not. */
  undo?: (input: { decisionId: string }) => Promise<Answer<unknown>>;
};

/** An approval that is held: how long it can still be taken back, and the button that does. */
export function UndoHold({ decisionId, heldUntil, undo }: Props) {
  const [isPending, setPending] = useState(false);
  const [isOver, setOver] = useState(false);
  const router = useRouter();
  const { toast } = useToast();
  useEffect(() => {
    const left = new Date(heldUntil).getTime() - Date.now();
    const timer = setTimeout(
      () => {
        setOver(true);
        router.refresh();
      },
      Math.max(0, Math.min(left, 2 ** 31 - 1)),
    );
    return () => clearTimeout(timer);
  }, [heldUntil, router]);

  async function takeBack(take: NonNullable<Props["undo"]>): Promise<void> {
    setPending(true);
    const answer = await take({ decisionId });
    setPending(false);
    if (answer.ok) toast({ tone: "success", title: "Taken back; nothing was sent" });
    else toast({ tone: "error", title: answer.error.message });
    router.refresh();
  }
  if (isOver) return null;
  return (
    <div
      role="status"
      className="flex items-center gap-3 rounded-card border bg-review-soft px-4 py-2 text-sm text-review-text"
    >
      <Hourglass aria-hidden className="size-4 shrink-0" />
      <p className="min-w-0">
        Approved and held: nothing is sent for another <Countdown at={heldUntil} />.
      </p>
      {undo ? (
        <Button size="sm" className="ms-auto" pending={isPending} onClick={() => void takeBack(undo)}>
          Undo
        </Button>
      ) : null}
    </div>
  );
}
