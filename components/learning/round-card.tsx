import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { counted } from "@/lib/kernel/counted";
import type { ArtifactView, TrainingView } from "@/lib/learning/trainings";
import {
  isUnderWay,
  reportWords,
  shadowWords,
  signersWords,
  trainingWord,
  unfitWords,
} from "@/lib/learning/words";
import { Disagreements } from "./disagreements";
import { Follow } from "./follow";
import { type Step, StepButton } from "./step-button";

export type Steps = { shadow: Step; propose: Step; sign: Step; decline: Step };
type Props = {
  appKey: string;
  training: TrainingView;
  artifact: ArtifactView | undefined;
  steps: Steps | undefined;
  /** Names of everybody else who may sign. */
  signers: readonly string[];
  isDemo: boolean;
};

/** The round at hand: how far it is, what it found out, and what comes next. */
export function RoundCard({ appKey, training, artifact, steps, signers, isDemo }: Props) {
  const { report, status } = training;
  return (
    <Card aria-labelledby="round-title">
      <CardHeader
        id="round-title"
        title={training.artifact ? `Version ${training.artifact.version}` : "New model"}
        actions={<Badge tone={toneOf(status)}>{trainingWord(status)}</Badge>}
      />
      <CardBody className="flex flex-col gap-4">
        {isUnderWay(training) ? (
          <>
            <Follow />
            <p role="status">It learns and is measured. This takes seconds; you may leave this page.</p>
            <Progress label="Done" value={training.progress} className="h-2" />
          </>
        ) : null}
        {training.error ? <p role="alert">{training.error}</p> : null}
        {report ? (
          <>
            <p className="text-md" data-testid="report">
              {reportWords(report)}
            </p>
            <p className="text-sm text-muted-foreground">
              It learned from {counted(report.learned_from, "labelled decision")};{" "}
              {counted(report.kept_apart, "other")} were kept apart for measuring, none from the same sender
              or with nearly the same text.
              {report.known_answers > 0
                ? ` Of those ${counted(report.known_answers, "is a known answer or blind review", "are known answers or blind reviews")}, which are never learned from.`
                : ""}
            </p>
            <Disagreements report={report} />
          </>
        ) : null}
        {artifact?.shadow ? (
          <div>
            <h3 className="text-sm font-semibold">In shadow</h3>
            <p data-testid="shadow">{shadowWords(artifact.shadow)}</p>
          </div>
        ) : null}
        {training.proposed_by ? (
          <p className="text-sm text-muted-foreground">
            Proposed by {training.proposed_by}
            {training.signed_by ? `, signed by ${training.signed_by}` : ""}.
          </p>
        ) : null}
        {status === "signed" ? <HowItGoes app={appKey} type={training.type} /> : null}
        {status === "proposed" && training.own_proposal ? (
          <p>
            You proposed it. {signersWords(signers)}
            {isDemo ? " The demo’s sign-ins are in demo.json in the data folder." : ""}
          </p>
        ) : null}
        {steps ? <NextSteps training={training} steps={steps} /> : null}
      </CardBody>
    </Card>
  );
}

/** Where its error in use is told beside the one before. */
function HowItGoes({ app, type }: { app: string; type: string }) {
  const query = new URLSearchParams({ tab: "compare", by: "model", app, type });
  return (
    <p>
      It is in force.{" "}
      <Link href={`/evaluation?${query}`} prefetch={false} className="text-primary-text underline">
        See how often each model’s proposals are wrong
      </Link>
      : a figure appears once 30 decisions of each have a known truth.
    </p>
  );
}

function NextSteps({ training, steps }: { training: TrainingView; steps: Steps }) {
  const { id, status, artifact } = training;
  if (status !== "evaluated" && status !== "proposed") return null;
  const unfit = unfitWords(training.report?.comparison ?? null);
  return (
    <div className="flex flex-wrap items-center gap-2">
      {status === "evaluated" && artifact?.status === "candidate" ? (
        <StepButton
          id={id}
          label="Try in shadow"
          question="Try this model in shadow?"
          consequence="It answers each new decision beside the one in force. What it says is recorded, nothing is done."
          variant="primary"
          send={steps.shadow}
        />
      ) : null}
      {status === "evaluated" && unfit !== null ? <p>{unfit}</p> : null}
      {status === "evaluated" && artifact?.status === "shadow" && unfit === null ? (
        <StepButton
          id={id}
          label="Propose"
          question="Propose this model?"
          consequence="Another admin reads the report and signs it. Until then nothing changes."
          variant="primary"
          send={steps.propose}
        />
      ) : null}
      {status === "proposed" && !training.own_proposal ? (
        <StepButton
          id={id}
          label="Sign"
          question={`Put version ${artifact?.version ?? ""} in force?`}
          consequence="The app uses it within seconds, the one before retires, and contracts begin a new period. You can go back at any time."
          variant="primary"
          send={steps.sign}
        />
      ) : null}
      <StepButton
        id={id}
        label="Decline"
        question="Decline this model?"
        consequence="It is put away. The labels stay, for the next training."
        variant="ghost"
        send={steps.decline}
      />
    </div>
  );
}

function toneOf(status: TrainingView["status"]) {
  if (status === "signed") return "approved" as const;
  if (status === "failed" || status === "declined") return "declined" as const;
  return status === "proposed" ? ("review" as const) : ("neutral" as const);
}
