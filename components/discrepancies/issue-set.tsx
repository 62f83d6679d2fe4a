"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { FormError } from "@/components/identity/form-error";
import { useSubmit } from "@/components/identity/use-submit";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { useToast } from "@/components/ui/toast";
import type { GateWord, Proof } from "@/lib/discrepancies/proof";
import type { IssueView } from "@/lib/discrepancies/schema";
import { counted } from "@/lib/kernel/counted";
import type { IssueActions } from "./issue-actions";
import { TryForm, type CandidateChoice } from "./try-form";

type Experiment = {
  id: string;
  name: string;
  status: string;
  gate: GateWord | null;
  version: number;
  is_newest: boolean;
};
type Props = {
  issue: IssueView;
  set: {
    datasetId: string | null;
    version: { number: number; status: string } | null;
    outside: number;
    items: number;
  };
  experiments: Experiment[];
  proof: Proof;
  candidates: CandidateChoice[];
  actions: Pick<IssueActions, "refresh" | "experiment" | "close"> | undefined;
};

const gateTones: Record<GateWord, "approved" | "declined" | "idle"> = {
  passed: "approved",
  failed: "declined",
  undecided: "idle",
};
const gateWords: Record<GateWord, string> = {
  passed: "Gate passed",
  failed: "Gate failed",
  undecided: "Gate undecided",
};

/** The cases that must pass before the issue is closed, what was tried over them, and what is still missing. */
export function IssueSet({ issue, set, experiments, proof, candidates, actions }: Props) {
  const { datasetId, version, outside, items } = set;
  const isReady = version?.status === "ready";
  const mayTry = isReady && outside === 0 && actions?.experiment !== undefined && issue.status === "open";
  return (
    <Card>
      <CardHeader
        title="Regression set"
        description="Its decisions as cases with known answers. The issue is closed when something passes on all of them."
        actions={
          actions?.refresh && issue.discrepancies > 0 ? (
            <RefreshButton issue={issue.id} has={datasetId !== null} refresh={actions.refresh} />
          ) : null
        }
      />
      <CardBody className="flex flex-col gap-4 text-sm">
        {datasetId && version ? (
          <p>
            <Link className="text-primary-text underline" href={`/datasets/${datasetId}`}>
              Version {version.number}
            </Link>
            {isReady ? ` with ${counted(items, "case")}` : ` (${version.status})`}
            {outside > 0 ? `; ${outside} attached since are not in it` : ""}.
          </p>
        ) : (
          <p className="text-muted-foreground">
            Nobody has made it yet. An admin makes it from the decisions below.
          </p>
        )}
        {experiments.length > 0 ? (
          <ul className="flex flex-col gap-2" aria-label="Experiments over the set">
            {experiments.map(({ id, name, status, gate, version: of, is_newest }) => (
              <li key={id} className="flex flex-wrap items-center gap-2">
                <Link className="text-primary-text underline" href={`/experiments/${id}`}>
                  {name}
                </Link>
                <span className="text-muted-foreground">
                  version {of}
                  {is_newest ? "" : ", not the newest"}
                </span>
                {gate && status === "done" ? (
                  <Badge tone={gateTones[gate]}>{gateWords[gate]}</Badge>
                ) : (
                  <Badge>{status.charAt(0).toUpperCase() + status.slice(1)}</Badge>
                )}
              </li>
            ))}
          </ul>
        ) : null}
        {mayTry && actions.experiment ? (
          <TryForm issue={issue.id} candidates={candidates} start={actions.experiment} />
        ) : null}
        {issue.status === "open" ? <Close issue={issue} proof={proof} close={actions?.close} /> : null}
      </CardBody>
    </Card>
  );
}

type RefreshProps = { issue: string; has: boolean; refresh: NonNullable<IssueActions["refresh"]> };

function RefreshButton({ issue, has, refresh }: RefreshProps) {
  const { submit, pending, formError } = useSubmit(refresh);
  const { toast } = useToast();
  const router = useRouter();
  async function send() {
    if (!(await submit({ issue }))) return;
    toast({ title: has ? "The set is made anew" : "The set is being made", tone: "success" });
    router.refresh();
  }
  return (
    <>
      <Button size="sm" pending={pending} onClick={() => void send()}>
        {has ? "Refresh the set" : "Make the set"}
      </Button>
      <FormError>{formError}</FormError>
    </>
  );
}

type CloseProps = { issue: IssueView; proof: Proof; close: IssueActions["close"] | undefined };

function Close({ issue, proof, close }: CloseProps) {
  const { submit, pending, formError } = useSubmit(close ?? refuse);
  const { toast } = useToast();
  const router = useRouter();
  async function send() {
    if (!(await submit({ id: issue.id }))) return;
    toast({ title: "Issue closed", tone: "success" });
    router.refresh();
  }
  return (
    <div className="flex flex-col items-start gap-2 border-t pt-4">
      <FormError>{formError}</FormError>
      <p id="closing" className={proof.ok ? "text-approved-text" : "text-muted-foreground"}>
        {proof.ok ? "An experiment over all of it has passed: it may be closed." : proof.sentence}
      </p>
      {close ? (
        <Button
          variant="primary"
          pending={pending}
          disabled={!proof.ok}
          aria-describedby="closing"
          onClick={() => void send()}
        >
          Close the issue
        </Button>
      ) : null}
    </div>
  );
}

const refuse: IssueActions["close"] = () =>
  Promise.resolve({ ok: false, error: { message: "Your role may not close it.", errors: [] } });
