"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { errorsUnder, JsonField } from "@/components/apps/json-field";
import { jsonText, readJsonObject } from "@/components/apps/json-text";
import { unreachable } from "@/components/apps/type-editor";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import type { Answer } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import type { HttpAction } from "@/lib/apps/action-config";
import type { ChangedAction, ConnectorActionView, ConnectorView } from "@/lib/apps/views";
import type { FieldError } from "@/lib/kernel/errors";

type Props = {
  connector: ConnectorView;
  /** Absent: a new one. */
  action?: ConnectorActionView;
  add: (input: {
    connector: string;
    key: string;
    name: string;
    config: HttpAction;
  }) => Promise<Answer<ChangedAction>>;
  change: (input: {
    connector: string;
    action: string;
    version: number;
    name: string;
    config: HttpAction;
  }) => Promise<Answer<ChangedAction>>;
  readOnly?: boolean;
};

const blank = {
  method: "POST",
  path: "/v1/refunds",
  body: { invoice: { $arg: "/invoice" }, amount: { $arg: "/amount" } },
  success_schema: { type: "object", required: ["id"] },
};

/** How one action becomes a request, as JSON; refusals name the pointer they are about. */
export function ActionEditor({ connector, action, add, change, readOnly }: Props) {
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [message, setMessage] = useState<string>();
  const [pending, setPending] = useState(false);
  const { toast } = useToast();
  const router = useRouter();

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const read = readJsonObject(formText(form, "config"));
    if (!read.ok) return;
    setPending(true);
    // What was typed may be anything; the server parses it by the contract and answers with pointers.
    const config = read.value as unknown as HttpAction;
    const common = { connector: connector.id, name: formText(form, "name"), config };
    const answer = await (
      action
        ? change({ ...common, action: action.id, version: connector.version })
        : add({ ...common, key: formText(form, "key").trim() })
    ).catch(unreachable);
    setPending(false);
    setErrors(answer.ok ? [] : answer.error.errors);
    setMessage(answer.ok ? undefined : answer.error.message);
    if (!answer.ok) return;
    toast({ title: `Saved: ${common.name}`, tone: "success" });
    router.refresh();
  }

  const title = action ? action.name : "New action";
  const id = `action-${action?.id ?? "new"}`;
  const errorAt = (field: string) => errorsUnder(errors, field)[0]?.message;
  return (
    <form method="post" noValidate onSubmit={(event) => void send(event)}>
      <Card aria-labelledby={id}>
        <CardHeader
          id={id}
          title={title}
          description={
            action?.config.kind === "http"
              ? `${action.config.method} ${action.config.path}`
              : "What this system can be asked to do."
          }
        />
        <CardBody>
          <fieldset disabled={readOnly} className="flex min-w-0 flex-col gap-4">
            <FormError>{message}</FormError>
            <div className="grid gap-4 sm:grid-cols-2">
              <Field label="Name" required error={errorAt("/name")}>
                <Input name="name" required maxLength={100} defaultValue={action?.name} autoComplete="off" />
              </Field>
              {action ? null : (
                <Field label="Key" required hint="Such as refund. It stays." error={errorAt("/key")}>
                  <Input name="key" required maxLength={60} autoComplete="off" className="font-mono" />
                </Field>
              )}
            </div>
            <JsonField
              label="Request"
              hint={
                '{"$arg": "/pointer"} stands for a validated argument, {"$key": true} for the action key. success_schema says what counts as done; refusal_statuses that nothing happened.'
              }
              name="config"
              defaultValue={jsonText(action?.config ?? blank)}
              errors={errorsUnder(errors, "/config")}
              readOnly={readOnly}
            />
          </fieldset>
        </CardBody>
        {readOnly ? null : (
          <CardFooter>
            <Button type="submit" variant={action ? "secondary" : "primary"} pending={pending}>
              {action ? "Save the action" : "Add the action"}
            </Button>
          </CardFooter>
        )}
      </Card>
    </form>
  );
}
