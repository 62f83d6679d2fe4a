"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { actionConfigFrom } from "@/components/apps/action-draft";
import { ActionFields } from "@/components/apps/action-fields";
import { readJsonObject } from "@/components/apps/json-text";
import { unreachable } from "@/components/apps/type-editor";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import type { Answer } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import type { StoredActionConfig } from "@/lib/apps/action-config";
import type { ChangedAction, ConnectorActionView, ConnectorView } from "@/lib/apps/views";
import type { FieldError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";

export type ActionVerbs = {
  add: (input: {
    connector: string;
    key: string;
    name: string;
    config: StoredActionConfig;
  }) => Promise<Answer<ChangedAction>>;
  change: (input: {
    connector: string;
    action: string;
    version: number;
    name: string;
    config: StoredActionConfig;
  }) => Promise<Answer<ChangedAction>>;
};

type Props = ActionVerbs & {
  connector: ConnectorView;
  /** Absent: a new one. */
  action?: ConnectorActionView;
  preset?: { key: string; name: string; json: JsonObject };
  readOnly?: boolean;
};

/** How one action becomes a request; refusals name the pointer they are about. */
export function ActionEditor({ connector, action, preset, add, change, readOnly }: Props) {
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
    const config = actionConfigFrom(form, connector.kind, read.value);
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

  return (
    <form
      method="post"
      noValidate
      onSubmit={(event) => void send(event)}
      className="flex flex-col gap-4"
      aria-label={action?.name ?? "New action"}
    >
      <FormError>{message}</FormError>
      <ActionFields
        kind={connector.kind}
        action={action}
        preset={preset}
        errors={errors}
        readOnly={readOnly}
      />
      {readOnly ? null : (
        <Button
          type="submit"
          variant={action ? "secondary" : "primary"}
          pending={pending}
          className="self-end"
        >
          {action ? "Save the action" : "Add the action"}
        </Button>
      )}
    </form>
  );
}
