"use client";

import { CircleAlert } from "lucide-react";
import { useState } from "react";
import { useShortcuts } from "@/components/shell/shortcuts";
import { cn } from "@/components/ui/class-names";
import { Kbd } from "@/components/ui/kbd";
import type { RubricKey } from "@/lib/audits/plans";

type Props = {
  keys: readonly RubricKey[];
  answers: Record<string, number>;
  /** Somebody tried to judge before all were answered. */
  missing: boolean;
  disabled: boolean;
  onAnswer: (key: string, answer: number) => void;
};

const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** A rubric's questions, one after the other: a digit answers the one in turn, J and K go to another. */
export function RubricQuestions({ keys, answers, missing, disabled, onAnswer }: Props) {
  const firstOpen = keys.findIndex(({ key }) => answers[key] === undefined);
  const [chosen, setChosen] = useState<number>();
  const at = chosen ?? (firstOpen < 0 ? keys.length - 1 : firstOpen);
  const turn = keys[at];
  function answer(key: string, value: number): void {
    onAnswer(key, value);
    setChosen(undefined);
  }
  useShortcuts("Rubric", [
    ...digits.map((digit) => ({
      keys: String(digit),
      label: turn?.answers[digit - 1] ?? "",
      when: !disabled && turn?.answers[digit - 1] !== undefined,
      run: () => turn && answer(turn.key, digit),
    })),
    {
      keys: "j",
      label: "Next question",
      when: keys.length > 1,
      run: () => setChosen(Math.min(at + 1, keys.length - 1)),
    },
    {
      keys: "k",
      label: "Previous question",
      when: keys.length > 1,
      run: () => setChosen(Math.max(at - 1, 0)),
    },
  ]);
  return (
    <div className="flex flex-col gap-3">
      {keys.map((each, i) => (
        <Question
          key={each.key}
          question={each}
          value={answers[each.key]}
          inTurn={i === at}
          missing={missing && answers[each.key] === undefined}
          disabled={disabled}
          onAnswer={(value) => answer(each.key, value)}
        />
      ))}
    </div>
  );
}

type QuestionProps = {
  question: RubricKey;
  value: number | undefined;
  inTurn: boolean;
  missing: boolean;
  disabled: boolean;
  onAnswer: (value: number) => void;
};

function Question({ question, value, inTurn, missing, disabled, onAnswer }: QuestionProps) {
  return (
    <fieldset
      aria-current={inTurn ? "step" : undefined}
      className={cn(
        "flex flex-col gap-1.5 rounded-control border p-3",
        inTurn && "border-border-strong bg-surface-2",
      )}
    >
      <legend className="sr-only">{question.question}</legend>
      <p aria-hidden className="text-sm font-semibold">
        {question.question}
      </p>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {question.answers.map((text, i) => (
          <label
            key={text}
            className="inline-flex min-h-6 items-center gap-2 text-sm pointer-coarse:min-h-12"
          >
            <input
              type="radio"
              name={`rubric-${question.key}`}
              checked={value === i + 1}
              disabled={disabled}
              onChange={() => onAnswer(i + 1)}
              className="size-4 accent-primary"
            />
            {text}
            {inTurn ? <Kbd>{String(i + 1)}</Kbd> : null}
          </label>
        ))}
      </div>
      <p aria-live="polite" className="flex items-start gap-1 text-xs text-declined-text empty:hidden">
        {missing ? (
          <>
            <CircleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
            <span>Choose an answer.</span>
          </>
        ) : null}
      </p>
    </fieldset>
  );
}
