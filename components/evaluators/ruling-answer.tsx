"use client";

import { useState } from "react";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { UntrustedText } from "@/components/ui/untrusted-text";
import type { RuleOnScore, RulingCase } from "@/lib/evaluators/rulings";

type Given = Omit<RuleOnScore, "score">;
type Props = { shown: RulingCase; pending: boolean; onAnswer: (given: Given) => void };

const questions = {
  output: "Is what came out as it should be?",
  context: "Was it given what it needed to decide?",
  prompt: "Do the instructions ask for the right thing?",
} as const;

/** A person's own answer, before anything of the evaluator's is known. */
export function RulingAnswer({ shown, pending, onAnswer }: Props) {
  const [why, setWhy] = useState("");
  const rationale = why.trim() === "" ? null : why.trim();
  return (
    <Card aria-labelledby="ruling-title">
      <CardHeader
        id="ruling-title"
        title={questions[shown.quality]}
        description="Your answer stands. What the evaluator said is shown after it."
      />
      <CardBody className="flex flex-col gap-4">
        {shown.rubric === null ? null : (
          <div>
            <h3 className="mb-1 text-xs font-semibold">What the judge was told</h3>
            <UntrustedText text={shown.rubric} className="text-sm" />
          </div>
        )}
        {shown.wants === "passed" ? (
          <Verdict pending={pending} onAnswer={(passed) => onAnswer({ passed, label: null, rationale })} />
        ) : (
          <Labels
            labels={shown.labels}
            pending={pending}
            onAnswer={(label) => onAnswer({ passed: null, label, rationale })}
          />
        )}
        <Field label="Why, if you like">
          <Textarea value={why} rows={2} maxLength={4000} onChange={(event) => setWhy(event.target.value)} />
        </Field>
      </CardBody>
    </Card>
  );
}

function Verdict({ pending, onAnswer }: { pending: boolean; onAnswer: (passed: boolean) => void }) {
  useShortcuts("Ruling", [
    { keys: "1", label: "It passes", when: !pending, run: () => onAnswer(true) },
    { keys: "2", label: "It fails", when: !pending, run: () => onAnswer(false) },
  ]);
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="lg" shortcut="1" disabled={pending} onClick={() => onAnswer(true)}>
        Passes
      </Button>
      <Button size="lg" shortcut="2" disabled={pending} onClick={() => onAnswer(false)}>
        Fails
      </Button>
    </div>
  );
}

type LabelsProps = { labels: string[]; pending: boolean; onAnswer: (label: string) => void };

function Labels({ labels, pending, onAnswer }: LabelsProps) {
  const [other, setOther] = useState("");
  useShortcuts(
    "Ruling",
    labels.map((label, index) => ({
      keys: String(index + 1),
      label,
      when: !pending,
      run: () => onAnswer(label),
    })),
  );
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        {labels.map((label, index) => (
          <Button key={label} shortcut={String(index + 1)} disabled={pending} onClick={() => onAnswer(label)}>
            {label}
          </Button>
        ))}
      </div>
      <form
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (other.trim() !== "") onAnswer(other.trim());
        }}
      >
        <Field label="Another label">
          <Input value={other} maxLength={100} onChange={(event) => setOther(event.target.value)} />
        </Field>
        <Button type="submit" disabled={pending || other.trim() === ""}>
          Say it
        </Button>
      </form>
    </div>
  );
}
