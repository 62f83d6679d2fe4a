"use client";

import { Check, Circle, CircleDot } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import type { Answer } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Time } from "@/components/ui/time";
import type { PolicyView } from "@/lib/policies/views";

export type StepAction = (input: { policy: string; version: number }) => Promise<Answer<unknown>>;
export type FlowActions = {
  startShadow: StepAction;
  endShadow: StepAction;
  publish: StepAction;
  discard: StepAction;
};

type Props = {
  policy: PolicyView;
  /** The reader, as versions name them; null: they may not write. */
  me: string | null;
  actions: FlowActions;
  /** Why a replay comes first, and where it is made; null: this version only asks for more. */
  replayHref: string | null;
};

/** The way of the open version into force: where it stands, what comes next, and who may do it. */
export function FlowCard({ policy, me, actions, replayHref }: Props) {
  const { open } = policy;
  if (!open) return null;
  const isShadow = open.status === "shadow";
  const mine = open.edited_by.id === me;
  return (
    <Card aria-labelledby="flow-title">
      <CardHeader id="flow-title" title={`Version ${open.number} on its way into force`} />
      <CardBody className="flex flex-col gap-4">
        <ol className="grid gap-3 sm:grid-cols-3">
          <Step title="Draft" state={isShadow ? "done" : "now"}>
            Last edited by {open.edited_by.name}, <Time at={open.edited_at} />.
          </Step>
          <Step title="Shadow" state={isShadow ? "now" : "next"}>
            {isShadow ? <Shadow policy={policy} /> : "It is asked about every decision, and only counted."}
          </Step>
          <Step title="In force" state="next">
            {mine
              ? "Another admin puts it in force: you edited it last."
              : `Any admin but ${open.edited_by.name} puts it in force.`}
            {replayHref
              ? " It may ask for less than the version in force: it is replayed on past decisions first."
              : ""}
          </Step>
        </ol>
        {me === null ? (
          <p className="text-sm text-muted-foreground">Admins take it further.</p>
        ) : (
          <div className="flex flex-wrap gap-2">
            {isShadow ? (
              <>
                {replayHref ? <ButtonLink href={replayHref}>Replay it</ButtonLink> : null}
                <StepButton
                  label="Put in force"
                  disabled={mine}
                  policy={policy}
                  act={actions.publish}
                  primary
                >
                  Version {open.number} decides together with every other policy from the next decision on.
                  Contracts of the apps it is for begin a new certification period.
                </StepButton>
                <StepButton label="Back to draft" policy={policy} act={actions.endShadow}>
                  It stops being asked, and can be changed. What was counted of it starts again with the next
                  shadow.
                </StepButton>
              </>
            ) : (
              <>
                <StepButton label="Start shadow" policy={policy} act={actions.startShadow} primary>
                  The draft as it was saved is asked about every decision from now on. Nothing is routed
                  otherwise.
                </StepButton>
                <StepButton label="Discard the draft" policy={policy} act={actions.discard} tone="danger">
                  Its rules and fixtures are gone. What is in force stays as it is.
                </StepButton>
              </>
            )}
          </div>
        )}
      </CardBody>
    </Card>
  );
}

function Shadow({ policy: { open } }: Pick<Props, "policy">) {
  const { asked, diverged, failed } = open?.shadow ?? { asked: 0, diverged: 0, failed: 0 };
  if (asked === 0) return "No decision has come in yet.";
  return (
    <>
      Of {asked.toLocaleString("en")} {asked === 1 ? "decision" : "decisions"} it would have routed{" "}
      <strong className="font-semibold">{diverged.toLocaleString("en")}</strong> otherwise
      {failed > 0 ? `, and could not evaluate ${failed.toLocaleString("en")}` : ""}.
    </>
  );
}

const icons = { done: Check, now: CircleDot, next: Circle };
const words = { done: "Done", now: "Now", next: "Next" };

function Step({ title, state, children }: { title: string; state: keyof typeof icons; children: ReactNode }) {
  const Icon = icons[state];
  return (
    <li className="flex gap-2 text-sm" aria-current={state === "now" ? "step" : undefined}>
      <Icon
        aria-hidden
        className={`mt-0.5 size-4 shrink-0 ${state === "next" ? "text-muted-foreground" : "text-primary-text"}`}
      />
      <div>
        <p className="font-semibold">
          {title} <span className="sr-only">({words[state]})</span>
        </p>
        <p className="text-muted-foreground">{children}</p>
      </div>
    </li>
  );
}

type StepButtonProps = {
  label: string;
  policy: PolicyView;
  act: StepAction;
  primary?: true;
  tone?: "danger";
  disabled?: boolean;
  children: ReactNode;
};

function StepButton({ label, policy, act, primary, tone, disabled, children }: StepButtonProps) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  async function confirm() {
    const answer = await act({ policy: policy.id, version: policy.version });
    if (!answer.ok) throw new Error(answer.error.message);
    router.refresh();
  }
  return (
    <>
      <Button variant={primary ? "primary" : "secondary"} disabled={disabled} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={label}
        description={children}
        confirmLabel={label}
        tone={tone}
        onConfirm={confirm}
      />
    </>
  );
}
