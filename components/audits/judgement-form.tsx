"use client";

import { useState } from "react";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { causeSentences, judgementSentences } from "@/lib/audits/client";
import type { AuditView, Judgement, Judging } from "@/lib/audits/schema";
import { causes, type Cause } from "@/lib/kernel/statuses";
import { RubricQuestions } from "./rubric-questions";

type Props = {
  rubric: AuditView["rubric"];
  /** The last word, where others differed. */
  adjudicating: boolean;
  pending: boolean;
  onJudge: (ruling: Judging) => void;
};

/** The judgement after the reveal: the rubric's questions by digit, then right or wrong. What was wrong has a cause. */
export function JudgementForm({ rubric, adjudicating, pending, onJudge }: Props) {
  const [answers, setAnswers] = useState<Record<string, number>>({});
  const [unanswered, setUnanswered] = useState(false);
  const [cause, setCause] = useState<Cause | "">("");
  const [note, setNote] = useState("");
  const [missing, setMissing] = useState(false);
  function judge(judgement: Judgement): void {
    const open = (rubric?.keys ?? []).some(({ key }) => answers[key] === undefined);
    setUnanswered(open);
    setMissing(judgement === "incorrect" && cause === "");
    if (open || (judgement === "incorrect" && cause === "")) return;
    onJudge({
      judgement,
      ...(rubric ? { rubric: answers } : {}),
      ...(judgement === "correct" || cause === "" ? {} : { cause }),
      ...(note.trim() === "" ? {} : { note: note.trim() }),
    });
  }
  const free = !pending;
  // Letters, not the digits of the question before: a second tap on a digit must not judge what nobody has read.
  useShortcuts("Judgement", [
    { keys: "c", label: "Correct", when: free, run: () => judge("correct") },
    { keys: "i", label: "Incorrect", when: free, run: () => judge("incorrect") },
    { keys: "b", label: "Borderline", when: free, run: () => judge("borderline") },
  ]);
  return (
    <Card aria-labelledby="judgement">
      <CardHeader
        id="judgement"
        title={adjudicating ? "Yours is the last word: was what was done right?" : "Was what was done right?"}
        description={judgementSentences.borderline}
      />
      <CardBody className="flex flex-col gap-3">
        {rubric ? (
          <RubricQuestions
            keys={rubric.keys}
            answers={answers}
            missing={unanswered}
            disabled={pending}
            onAnswer={(key, answer) => setAnswers((given) => ({ ...given, [key]: answer }))}
          />
        ) : null}
        <Field
          label="Cause"
          hint="Needed when it was incorrect."
          error={missing && cause === "" ? "Say why it was wrong." : undefined}
        >
          <Select
            value={cause}
            onChange={(event) => setCause(causes.find((each) => each === event.target.value) ?? "")}
          >
            <option value="">No cause</option>
            {causes.map((each) => (
              <option key={each} value={each}>
                {causeSentences[each]}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Note">
          <Textarea
            value={note}
            maxLength={5000}
            rows={2}
            onChange={(event) => setNote(event.target.value)}
          />
        </Field>
        <div className="flex flex-wrap gap-2">
          <Button variant="positive" shortcut="c" disabled={pending} onClick={() => judge("correct")}>
            Correct
          </Button>
          <Button variant="danger" shortcut="i" disabled={pending} onClick={() => judge("incorrect")}>
            Incorrect
          </Button>
          <Button shortcut="b" disabled={pending} onClick={() => judge("borderline")}>
            Borderline
          </Button>
        </div>
      </CardBody>
    </Card>
  );
}
