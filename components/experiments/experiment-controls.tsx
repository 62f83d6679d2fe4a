"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { type Answer, orThrow } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { buttonStyles } from "@/components/ui/button-styles";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ExperimentView } from "@/lib/experiments/experiments";
import { answersText, isUnderWay, costOf } from "@/lib/experiments/words";

type Run<I> = (input: I) => Promise<Answer<{ id: string }>>;
type Props = {
  experiment: ExperimentView;
  /** Left out for whoever may only look. */
  actions:
    | {
        pause: Run<{ experiment: string }>;
        resume: Run<{ experiment: string; cost_cap_micros?: number | null }>;
        cancel: Run<{ experiment: string }>;
        askAgain: Run<{ experiment: string; of: "interrupted" | "failed" }>;
      }
    | undefined;
};
type Asking = "resume" | "cancel" | "interrupted" | "failed" | null;

/** What can be done with an experiment where it stands, and its answers as files. */
export function ExperimentControls({ experiment, actions }: Props) {
  const router = useRouter();
  const [asking, setAsking] = useState<Asking>(null);
  const [cap, setCap] = useState("");
  const { id, status, scores, cost_cap_micros: oldCap, cost_currencies: currencies } = experiment;
  const interrupted = experiment.interrupted + scores.interrupted;
  const failed = experiment.failed + scores.failed;
  const files = `/api/v1/experiments/${id}/results`;
  const done = async (answer: Promise<Answer<unknown>>) => {
    await orThrow(answer);
    router.refresh();
  };
  const layer = (name: Asking) => ({
    open: asking === name,
    onOpenChange: (open: boolean) => setAsking(open ? name : null),
  });
  const mayAskAgain = ["done", "paused", "failed", "pending", "running"].includes(status);
  return (
    <>
      {(["csv", "jsonl"] as const).map((format) => (
        <a key={format} href={`${files}/${format}`} download className={buttonStyles({})}>
          {format.toUpperCase()}
          <span className="sr-only"> of every answer</span>
        </a>
      ))}
      {actions && mayAskAgain && interrupted > 0 ? (
        <Button onClick={() => setAsking("interrupted")}>Ask interrupted again</Button>
      ) : null}
      {actions && mayAskAgain && failed > 0 ? (
        <Button onClick={() => setAsking("failed")}>Ask failed again</Button>
      ) : null}
      {actions && isUnderWay(status) ? (
        <Button onClick={() => void done(actions.pause({ experiment: id })).catch(() => router.refresh())}>
          Pause
        </Button>
      ) : null}
      {actions && status === "paused" ? (
        <Button variant="primary" onClick={() => setAsking("resume")}>
          Resume
        </Button>
      ) : null}
      {actions && (isUnderWay(status) || status === "paused") ? (
        <Button variant="danger" onClick={() => setAsking("cancel")}>
          Cancel experiment
        </Button>
      ) : null}
      {actions ? (
        <>
          <ConfirmDialog
            {...layer("interrupted")}
            title="Ask again what was interrupted?"
            description={`Nobody knows whether it was paid: ${answersText(interrupted)}. Asking again may pay a second time.`}
            confirmLabel="Ask again"
            onConfirm={() => done(actions.askAgain({ experiment: id, of: "interrupted" }))}
          />
          <ConfirmDialog
            {...layer("failed")}
            title="Ask again what failed?"
            description={`It may have been paid, and is paid again: ${answersText(failed)}.`}
            confirmLabel="Ask again"
            onConfirm={() => done(actions.askAgain({ experiment: id, of: "failed" }))}
          />
          <ConfirmDialog
            {...layer("cancel")}
            title="Cancel this experiment?"
            description="Answers that are there stay. It cannot be started again."
            confirmLabel="Cancel experiment"
            tone="danger"
            onConfirm={() => done(actions.cancel({ experiment: id }))}
          />
          <ConfirmDialog
            {...layer("resume")}
            title="Go on with it?"
            description={experiment.why ?? "It was paused by hand."}
            confirmLabel="Resume"
            onConfirm={() =>
              done(
                actions.resume({
                  experiment: id,
                  ...(cap === "" ? {} : { cost_cap_micros: Math.round(Number(cap) * 1_000_000) }),
                }),
              )
            }
          >
            <Field
              label={["New cost cap", ...currencies].join(" ")}
              hint={
                oldCap === null
                  ? "Left empty: there is none."
                  : `Left empty: it stays ${costOf(oldCap, currencies)}.`
              }
            >
              <Input
                type="number"
                min={0}
                step="any"
                value={cap}
                onChange={(event) => setCap(event.target.value)}
              />
            </Field>
          </ConfirmDialog>
        </>
      ) : null}
    </>
  );
}
