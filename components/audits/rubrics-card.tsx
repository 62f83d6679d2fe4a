"use client";

import { Plus, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { orThrow, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { RubricView } from "@/lib/audits/plans";
import type { PlanActions } from "./plan-actions";

type Actions = Pick<PlanActions, "createRubric" | "archiveRubric">;
type Props = { rubrics: RubricView[]; actions: Actions | undefined };

/** The rubrics in use: what auditors are asked besides right or wrong. */
export function RubricsCard({ rubrics, actions }: Props) {
  return (
    <Card aria-labelledby="rubrics">
      <CardHeader
        id="rubrics"
        title="Rubrics"
        description="What auditors are asked besides right or wrong: one question, one digit. A rubric never changes."
        actions={actions ? <NewRubric create={actions.createRubric} /> : null}
      />
      <CardBody>
        {rubrics.length === 0 ? (
          <p className="text-sm text-muted-foreground">No rubric yet. A plan can do without one.</p>
        ) : (
          <ul className="flex flex-col divide-y">
            {rubrics.map((rubric) => (
              <li
                key={rubric.id}
                className="flex items-start justify-between gap-3 py-2 first:pt-0 last:pb-0"
              >
                <div className="min-w-0">
                  <p className="text-sm font-semibold">{rubric.name}</p>
                  <p className="text-xs text-muted-foreground">
                    {rubric.keys.map(({ question }) => question).join(" · ")}
                  </p>
                </div>
                {actions ? <ArchiveRubric rubric={rubric} archive={actions.archiveRubric} /> : null}
              </li>
            ))}
          </ul>
        )}
      </CardBody>
    </Card>
  );
}

function ArchiveRubric({ rubric, archive }: { rubric: RubricView; archive: Actions["archiveRubric"] }) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  return (
    <>
      <Button size="sm" variant="ghost" aria-label={`Archive ${rubric.name}`} onClick={() => setOpen(true)}>
        Archive
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Archive “${rubric.name}”?`}
        description="No new plan can ask it; plans that do go on."
        confirmLabel="Archive"
        onConfirm={async () => {
          await orThrow(archive({ rubricId: rubric.id }));
          router.refresh();
        }}
      />
    </>
  );
}

function NewRubric({ create }: { create: Actions["createRubric"] }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm">
          <Plus aria-hidden /> New rubric
        </Button>
      </DialogTrigger>
      <DialogContent
        title="New rubric"
        description="Two to nine answers a question; auditors choose by digit."
      >
        <RubricForm create={create} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

type Line = { id: number; question: string; answers: string };
const mostQuestions = 10;

function RubricForm({ create, onDone }: { create: Actions["createRubric"]; onDone: () => void }) {
  const [name, setName] = useState("");
  const [lines, setLines] = useState<Line[]>([{ id: 0, question: "", answers: "Yes, No" }]);
  const { submit, pending, formError, fieldError } = useSubmit(create);
  const router = useRouter();
  const change = (id: number, part: Partial<Line>) =>
    setLines((all) => all.map((line) => (line.id === id ? { ...line, ...part } : line)));
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const keys = lines.map(({ question, answers }, i) => ({
      key: `q${i + 1}`,
      question,
      answers: answers
        .split(",")
        .map((answer) => answer.trim())
        .filter(Boolean),
    }));
    if (!(await submit({ name, keys }))) return;
    onDone();
    router.refresh();
  }
  return (
    <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
      <FormError>{formError}</FormError>
      <Field label="Name" required error={fieldError("name")}>
        <Input value={name} required maxLength={100} onChange={(event) => setName(event.target.value)} />
      </Field>
      {lines.map((line, i) => (
        <fieldset key={line.id} className="flex flex-col gap-2 rounded-control border p-3">
          <legend className="px-1 text-xs font-semibold text-muted-foreground">Question {i + 1}</legend>
          <Field label="Question" required error={fieldError(`keys/${i}/question`)}>
            <Input
              value={line.question}
              required
              maxLength={200}
              onChange={(event) => change(line.id, { question: event.target.value })}
            />
          </Field>
          <Field
            label="Answers"
            required
            hint="Two to nine, parted by commas."
            error={fieldError(`keys/${i}/answers`)}
          >
            <Input
              value={line.answers}
              required
              onChange={(event) => change(line.id, { answers: event.target.value })}
            />
          </Field>
          {lines.length > 1 ? (
            <Button
              size="sm"
              variant="ghost"
              className="self-start"
              onClick={() => setLines((all) => all.filter(({ id }) => id !== line.id))}
            >
              <Trash2 aria-hidden /> Remove question {i + 1}
            </Button>
          ) : null}
        </fieldset>
      ))}
      <div className="flex justify-between gap-2">
        <Button
          disabled={lines.length >= mostQuestions}
          onClick={() =>
            setLines((all) => [...all, { id: (all.at(-1)?.id ?? 0) + 1, question: "", answers: "Yes, No" }])
          }
        >
          Add a question
        </Button>
        <Button type="submit" variant="primary" pending={pending}>
          Save rubric
        </Button>
      </div>
    </form>
  );
}
