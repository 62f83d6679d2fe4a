"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { type TypeBody, typeBodyOf } from "@/components/apps/type-draft";
import {
  ActionFields,
  MoneyFields,
  NameFields,
  QueueFields,
  SchemaFields,
  SegmentFields,
  type TypeFor,
} from "@/components/apps/type-fields";
import { UndoFields } from "@/components/apps/undo-fields";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import type { Answer } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardBody, CardFooter } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { useToast } from "@/components/ui/toast";
import type { ConnectorView, DecisionTypeView } from "@/lib/apps/views";
import type { FieldError } from "@/lib/kernel/errors";

type Props = {
  /** Absent: a new one. */
  type?: DecisionTypeView;
  /** What a new one is made for. */
  from?: TypeFor;
  connectors: ConnectorView[];
  create: (input: TypeBody & { key: string }) => Promise<Answer<DecisionTypeView>>;
  update: (
    input: TypeBody & { type: string; version: number; archived: boolean },
  ) => Promise<Answer<DecisionTypeView>>;
  readOnly?: boolean;
};

/** Everything a decision type says, in one form; refusals stand at the field and pointer they are about. */
export function TypeEditor({ type, from, connectors, create, update, readOnly }: Props) {
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [message, setMessage] = useState<string>();
  const [pending, setPending] = useState(false);
  const { toast } = useToast();
  const router = useRouter();

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const read = typeBodyOf(form);
    setErrors(read.ok ? [] : read.errors);
    setMessage(undefined);
    if (!read.ok) return;
    setPending(true);
    const archived = form.get("archived") === "on";
    const answer = await (
      type
        ? update({ ...read.body, type: type.id, version: type.version, archived })
        : create({ ...read.body, key: formText(form, "key").trim() })
    ).catch(unreachable);
    setPending(false);
    if (!answer.ok) {
      setErrors(answer.error.errors);
      setMessage(answer.error.message);
      return;
    }
    toast({ title: `Saved: ${answer.data.name}`, tone: "success" });
    if (type) router.refresh();
    else router.push(`/settings/types/${answer.data.id}`);
  }

  const parts = { type, from, errors, readOnly };
  return (
    <form method="post" noValidate onSubmit={(event) => void send(event)}>
      <Card>
        <CardBody>
          <fieldset disabled={readOnly} className="flex min-w-0 flex-col gap-6 py-2">
            <FormError>{message}</FormError>
            <NameFields {...parts} />
            <SchemaFields {...parts} />
            <ActionFields {...parts} connectors={connectors} />
            <UndoFields {...parts} />
            <MoneyFields {...parts} />
            <QueueFields {...parts} />
            <SegmentFields {...parts} />
            {type ? (
              <Checkbox
                name="archived"
                label="Archived"
                hint="New decisions of this type are refused; its history stays."
                defaultChecked={type.archived_at !== null}
              />
            ) : null}
          </fieldset>
        </CardBody>
        {readOnly ? null : (
          <CardFooter>
            <ButtonLink href="/settings/types">Cancel</ButtonLink>
            <Button type="submit" variant="primary" pending={pending}>
              {type ? "Save" : "Create the type"}
            </Button>
          </CardFooter>
        )}
      </Card>
    </form>
  );
}

/** What a form says when its request never arrived. */
export function unreachable(): { ok: false; error: { message: string; errors: FieldError[] } } {
  const message = "The server cannot be reached. Check the connection, then try again.";
  return { ok: false, error: { message, errors: [] } };
}
