import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { UntrustedText } from "@/components/ui/untrusted-text";
import type { AuditAnswer, AuditView } from "@/lib/audits/schema";

const said = { positive: "Yes, it should have been done", negative: "No, it should not" };

/** What the auditors judged, each without knowing of the others. */
export function AnswersPanel({ audit, answers }: { audit: AuditView; answers: AuditAnswer[] }) {
  return (
    <Card aria-labelledby="answers">
      <CardHeader id="answers" title="The auditors" description={sentence(audit)} />
      <CardBody>
        <ol className="flex flex-col gap-3">
          {answers.map((answer) => (
            <Answer key={answer.auditor.id} answer={answer} rubric={audit.rubric} />
          ))}
        </ol>
      </CardBody>
    </Card>
  );
}

function sentence({ status, adjudicating, judges_needed }: AuditView): string {
  if (adjudicating)
    return "They differ. You see this because your own answer is stored; your judgement is the last word.";
  if (status === "disputed") return "You differ. Somebody who has not judged it has the last word.";
  if (status === "waiting") return `You have judged. It is done once all ${judges_needed} auditors have.`;
  return "Each answered without knowing of the others.";
}

function Answer({ answer, rubric }: { answer: AuditAnswer; rubric: AuditView["rubric"] }) {
  const { auditor, judgement, cause, note, adjudication, judged_at } = answer;
  const chosen = (rubric?.keys ?? []).flatMap(({ key, question, answers }) => {
    const text = answers[(answer.rubric?.[key] ?? 0) - 1];
    return text === undefined ? [] : [{ key, question, text }];
  });
  return (
    <li className="flex flex-col gap-1 border-b pb-3 last:border-0 last:pb-0">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="text-sm font-semibold">
          {auditor.name}
          {adjudication ? ", the last word" : ""}
        </span>
        <StatusBadge kind="judgement" status={judgement} />
      </div>
      <p className="text-sm text-muted-foreground">
        {said[answer.answer]}
        {cause ? ` · cause: ${cause}` : ""} · <Time at={judged_at} />
      </p>
      {chosen.length > 0 ? (
        <dl className="flex flex-col gap-0.5 text-sm">
          {chosen.map(({ key, question, text }) => (
            <div key={key} className="flex flex-wrap gap-x-2">
              <dt className="text-muted-foreground">{question}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {note ? <UntrustedText text={note} cap={1000} /> : null}
    </li>
  );
}
