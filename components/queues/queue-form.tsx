"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { patchOf, type QueueBody, textsOf } from "@/components/queues/queue-draft";
import {
  AnswerFields,
  MeasureFields,
  type OtherQueue,
  TimeFields,
  WorkFields,
} from "@/components/queues/queue-fields";
import { RuleEditor, type TryRuleAction } from "@/components/queues/rule-editor";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import type { QueueView } from "@/lib/reviews/queues";

export type QueueChange = Partial<QueueBody> & { queue: string; version: number; archived?: boolean };
export type SaveQueue = (input: QueueChange) => Promise<Answer<QueueView>>;

type Props = { queue: QueueView; others: OtherQueue[]; save?: SaveQueue; tryRule: TryRuleAction };

/** Everything of a queue that an admin sets; everybody else reads it. */
export function QueueForm({ queue, others, save, tryRule }: Props) {
  const [texts, setTexts] = useState(() => textsOf(queue));
  const { submit, pending, fieldError, formError } = useSubmit(save ?? readOnly);
  const [refused, setRefused] = useState(false);
  const { toast } = useToast();
  const router = useRouter();
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    setRefused(false);
    const saved = await submit({ queue: queue.id, version: queue.version, ...patchOf(texts) });
    setRefused(!saved);
    if (!saved) {
      // What is wrong may be far up the page.
      requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
      return;
    }
    toast({ title: `Saved: ${saved.name}`, tone: "success" });
    router.refresh();
  }
  const fields = {
    texts,
    errorOf: fieldError,
    onChange: (part: Partial<typeof texts>) => setTexts((before) => ({ ...before, ...part })),
  };
  return (
    <form method="post" noValidate onSubmit={(event) => void send(event)}>
      <fieldset disabled={!save} className="flex min-w-0 flex-col gap-4">
        <legend className="sr-only">Settings of the queue</legend>
        <Part title="What comes here">
          <div className="grid gap-4 sm:grid-cols-[1fr_8rem]">
            <Field label="Name" required error={fieldError("name")}>
              <Input
                value={texts.name}
                maxLength={100}
                onChange={(event) => fields.onChange({ name: event.target.value })}
              />
            </Field>
            <Field label="Position" hint="Lowest is asked first." error={fieldError("position")}>
              <Input
                value={texts.position}
                inputMode="numeric"
                onChange={(event) => fields.onChange({ position: event.target.value })}
              />
            </Field>
          </div>
          <Field label="Description" error={fieldError("description")}>
            <Textarea
              rows={2}
              maxLength={1000}
              value={texts.description}
              onChange={(event) => fields.onChange({ description: event.target.value })}
            />
          </Field>
          <RuleEditor
            rule={texts.rule}
            queue={queue.id}
            position={Number(texts.position)}
            error={fieldError("rule")}
            disabled={!save}
            onChange={(rule) => fields.onChange({ rule })}
            tryRule={tryRule}
          />
        </Part>
        <Part title="Who does what, in which order">
          <WorkFields {...fields} />
        </Part>
        <Part title="Time">
          <TimeFields {...fields} others={others} />
        </Part>
        <Part title="Answers">
          <AnswerFields {...fields} />
        </Part>
        <Part
          title="Measuring"
          description="What reviewers are told of it, and who sees the figures, is under Reviewers."
        >
          <MeasureFields {...fields} />
        </Part>
      </fieldset>
      {save ? (
        <div className="sticky bottom-0 -mx-px flex items-center justify-end gap-3 border-t bg-background py-3">
          <FormError>
            {formError ?? (refused ? "Nothing was saved: see what is marked." : undefined)}
          </FormError>
          <Button type="submit" variant="primary" pending={pending}>
            Save the queue
          </Button>
        </div>
      ) : null}
    </form>
  );
}

function Part({
  title,
  description,
  children,
}: {
  title: string;
  description?: string;
  children: ReactNode;
}) {
  return (
    <Card>
      <CardHeader title={title} description={description} />
      <CardBody className="flex flex-col gap-4">{children}</CardBody>
    </Card>
  );
}

function readOnly(): Promise<Answer<QueueView>> {
  return Promise.resolve({ ok: false, error: { message: "Only an admin changes a queue", errors: [] } });
}
