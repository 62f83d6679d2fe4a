"use client";

import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { Truth } from "@/lib/decisions/schema";

type Props = {
  heldBy: string | null;
  mayJudge: boolean;
  pending: boolean;
  onAnswer: (answer: Truth) => void;
};

/** The auditor's own answer, before anything of the model's is known. */
export function BlindQuestion({ heldBy, mayJudge, pending, onAnswer }: Props) {
  const free = mayJudge && heldBy === null && !pending;
  useShortcuts("Audit", [
    { keys: "1", label: "Yes, it should have been done", when: free, run: () => onAnswer("positive") },
    { keys: "2", label: "No, it should not", when: free, run: () => onAnswer("negative") },
  ]);
  return (
    <Card aria-labelledby="blind-question">
      <CardHeader
        id="blind-question"
        title="Should this have been done?"
        description="Answer from the evidence. What the model proposed and what happened is shown after, and your answer then stands."
      />
      <CardBody className="flex flex-wrap gap-2">
        {heldBy !== null ? (
          <p className="text-sm text-muted-foreground">{heldBy} is judging this one.</p>
        ) : mayJudge ? (
          <>
            <Button size="lg" shortcut="1" disabled={pending} onClick={() => onAnswer("positive")}>
              Yes
            </Button>
            <Button size="lg" shortcut="2" disabled={pending} onClick={() => onAnswer("negative")}>
              No
            </Button>
          </>
        ) : (
          <p className="text-sm text-muted-foreground">
            An auditor answers. The model's proposal is shown to others once it is judged.
          </p>
        )}
      </CardBody>
    </Card>
  );
}
