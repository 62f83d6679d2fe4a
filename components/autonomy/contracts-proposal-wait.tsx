"use client";

import { useRouter } from "next/navigation";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import type { NewReplay } from "@/lib/autonomy/replay-views";
import type { SigningWait } from "@/lib/autonomy/signing-wait";

export type ReplayAction = (input: NewReplay) => Promise<Answer<{ id: string }>>;

type Of = { app: string; type: string; predicted: "positive" | "negative"; threshold: number };
type Props = {
  wait: SigningWait;
  /** What is proposed. */
  of: Of;
  /** Left out for who may not replay. */
  replay?: ReplayAction;
};

/** What stands between a proposal and the second admin's signature, with the way to it. */
export function ProposalWait({ wait, of, replay }: Props) {
  return (
    <div className="flex flex-wrap items-center gap-2 rounded-control bg-surface px-3 py-2 text-sm">
      <p className="grow">{sentenceOf(wait)}</p>
      {wait.kind === "replay" && replay ? <ReplayButton of={of} replay={replay} /> : null}
      {wait.kind === "replay_running" || wait.kind === "flips" ? (
        <ButtonLink href={`/apps/${of.app}/replays/${wait.replay}`}>
          {wait.kind === "flips" ? "Open them" : "See the replay"}
        </ButtonLink>
      ) : null}
    </div>
  );
}

function sentenceOf(wait: SigningWait): string {
  switch (wait.kind) {
    case "replay":
      return "Before it is signed, past decisions are replayed under it: what it would have let act is looked at first.";
    case "replay_running":
      return "Past decisions are being replayed under it; it can be signed once what that lists is opened.";
    case "flips":
      return wait.unopened === 1
        ? "One past decision that it would have let act is unopened; it can be signed after that."
        : `${wait.unopened} past decisions that it would have let act are unopened; it can be signed after that.`;
    case "tomorrow":
      return "More was let run alone today already, which happens once a day (UTC) at most: it can be signed tomorrow.";
  }
}

function ReplayButton({ of, replay }: { of: Of; replay: ReplayAction }) {
  const { submit, pending, formError } = useSubmit(replay);
  const router = useRouter();

  async function run() {
    const { app, type, predicted, threshold } = of;
    const thresholds = { [predicted]: threshold };
    const made = await submit({
      kind: "threshold",
      app,
      type,
      thresholds,
      audit_rate: 0.1,
      period: { days: 90 },
    });
    if (made) router.push(`/apps/${app}/replays/${made.id}`);
  }

  return (
    <>
      <Button variant="primary" pending={pending} onClick={() => void run()}>
        Replay the last 90 days
      </Button>
      <FormError>{formError}</FormError>
    </>
  );
}
