"use client";

import { type FormEvent, useState } from "react";
import { errorsUnder, JsonField } from "@/components/apps/json-field";
import { jsonText, readJsonObject } from "@/components/apps/json-text";
import { unreachable } from "@/components/apps/type-editor";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import type { Answer } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import type { ConnectorActionView, ConnectorView } from "@/lib/apps/views";
import type { CertificationView, StartCertification } from "@/lib/execution/certification";
import type { FieldError } from "@/lib/kernel/errors";

export type StartCertify = (input: StartCertification) => Promise<Answer<CertificationView>>;
type Props = {
  connector: ConnectorView;
  action: ConnectorActionView;
  /** The run before this one: its arguments are the ones to begin with. */
  latest: CertificationView | undefined;
  start: StartCertify;
  onStarted: (run: CertificationView) => void;
};

/** Asks with which arguments the system is called, and that it may be. */
export function CertifyDialog({ connector, action, ...rest }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" aria-label={`Certify ${action.name}`}>
          Certify
        </Button>
      </DialogTrigger>
      <DialogContent
        title={`Certify ${action.name}`}
        description={`${connector.name} is really called, and does what the arguments say.`}
        className="max-w-xl"
      >
        <CertifyForm connector={connector} action={action} {...rest} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

function CertifyForm({
  connector,
  action,
  latest,
  start,
  onStarted,
  onDone,
}: Props & { onDone: () => void }) {
  const [isAccepted, setIsAccepted] = useState(false);
  const [pending, setPending] = useState(false);
  const [message, setMessage] = useState<string>();
  const [errors, setErrors] = useState<FieldError[]>([]);

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const good = readJsonObject(formText(form, "arguments"));
    const badText = formText(form, "bad_arguments").trim();
    const bad = readJsonObject(badText);
    if (!good.ok || !bad.ok) return;
    setPending(true);
    const asked = { connector: connector.id, action: action.id, arguments: good.value };
    const answer = await start(badText === "" ? asked : { ...asked, bad_arguments: bad.value }).catch(
      unreachable,
    );
    setPending(false);
    setErrors(answer.ok ? [] : answer.error.errors);
    setMessage(answer.ok ? undefined : answer.error.message);
    if (!answer.ok) return;
    onStarted(answer.data);
    onDone();
  }

  return (
    <form method="post" noValidate onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
      <FormError>{message}</FormError>
      <JsonField
        label="Arguments"
        hint="They must succeed."
        name="arguments"
        defaultValue={latest ? jsonText(latest.arguments) : "{\n}"}
        errors={errorsUnder(errors, "/arguments")}
      />
      <JsonField
        label="Bad arguments"
        hint="The system must refuse them. Leave it empty not to ask."
        name="bad_arguments"
        defaultValue={latest?.bad_arguments ? jsonText(latest.bad_arguments) : ""}
        errors={errorsUnder(errors, "/bad_arguments")}
      />
      <Checkbox
        label="This is a sandbox, or the act may be carried out"
        checked={isAccepted}
        onChange={(event) => setIsAccepted(event.target.checked)}
      />
      <Button type="submit" variant="primary" pending={pending} disabled={!isAccepted} className="self-end">
        Call it now
      </Button>
    </form>
  );
}
