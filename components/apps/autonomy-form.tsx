"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { type AutonomyTexts, bodyOf, draftOf, textsOf } from "@/components/apps/autonomy-draft";
import { RaiseReason } from "@/components/apps/raise-reason";
import { AutonomySentence } from "@/components/apps/autonomy-sentence";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import { raisedParts } from "@/lib/apps/raised-parts";
import type { AutonomyLevel, TimeoutAction } from "@/lib/apps/schema";
import type { AutonomyView } from "@/lib/apps/views";
import { levelWords, timeoutWords } from "@/lib/apps/words";

type Autonomy = Extract<ReturnType<typeof bodyOf>, { ok: true }>["body"];
export type SaveAutonomy = (input: {
  app: string;
  type: string;
  autonomy: Autonomy;
}) => Promise<Answer<AutonomyView>>;

export type ProposeRaise = (input: {
  app: string;
  type: string;
  autonomy: Autonomy;
  reason: string;
}) => Promise<Answer<unknown>>;

type Props = { autonomy: AutonomyView; save: SaveAutonomy; propose: ProposeRaise };

/** How far the app may act alone, with a sentence that says what it means while it is typed. */
export function AutonomyForm({ autonomy, save, propose }: Props) {
  const { base, texts, setTexts, standsNow } = useTexts(autonomy);
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState<{ field: string; message: string }>();
  const saving = useSubmit(save);
  const proposing = useSubmit(propose);
  const { toast } = useToast();
  const router = useRouter();
  const read = bodyOf(texts, base);
  const raised = autonomy.raising_takes_two && read.ok ? raisedParts(autonomy, read.body) : [];
  const { pending, fieldError, formError } = raised.length > 0 ? proposing : saving;

  async function send(event: FormEvent) {
    event.preventDefault();
    setWrong(read.ok ? undefined : read);
    if (!read.ok) return;
    const input = { app: autonomy.app_id, type: autonomy.type_id, autonomy: read.body };
    if (raised.length > 0) {
      if (!(await proposing.submit({ ...input, reason }))) return;
      // What was asked for waits in its own card; the fields say what is in force.
      standsNow(autonomy);
      setReason("");
    } else {
      const saved = await saving.submit(input);
      if (!saved) return;
      standsNow(saved);
    }
    const said = raised.length > 0 ? "Proposed; another admin signs" : "Saved";
    toast({ title: `${said}: ${autonomy.type_name}`, tone: "success" });
    router.refresh();
  }

  const errorOf = (name: string) => (wrong?.field === name ? wrong.message : fieldError(`autonomy/${name}`));
  return (
    <form method="post" noValidate onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
      <AutonomySentence draft={draftOf(texts, autonomy.currency)} />
      <FormError>{formError ?? errorOf("version")}</FormError>
      <AutonomyFields
        texts={texts}
        currency={autonomy.currency}
        errorOf={errorOf}
        onChange={(part) => setTexts((before) => ({ ...before, ...part }))}
      />
      {raised.length > 0 ? (
        <RaiseReason raised={raised} reason={reason} error={fieldError("reason")} onReason={setReason} />
      ) : null}
      {raised.length > 0 && autonomy.proposal !== null ? (
        <p role="status" className="self-end text-xs text-muted-foreground">
          One waits already: it is signed, declined or withdrawn first.
        </p>
      ) : null}
      <Button
        type="submit"
        variant="primary"
        pending={pending}
        disabled={raised.length > 0 && (reason.trim() === "" || autonomy.proposal !== null)}
        className="self-end"
      >
        {raised.length > 0 ? "Propose" : "Save"}
      </Button>
    </form>
  );
}

/**
 * The fields as typed, over the setting they began from. What nobody has touched follows what is in force; what somebody
 * types over stays theirs when another changes it meanwhile, and the server says so when it is sent.
 */
function useTexts(autonomy: AutonomyView) {
  const [base, setBase] = useState(autonomy);
  const [texts, setTexts] = useState(() => textsOf(autonomy));
  function standsNow(next: AutonomyView): void {
    setBase(next);
    setTexts(textsOf(next));
  }
  const isTouched = !isSame(texts, textsOf(base)) && !isSame(texts, textsOf(autonomy));
  if (autonomy.version > base.version && !isTouched) standsNow(autonomy);
  return { base, texts, setTexts, standsNow };
}

const isSame = (one: AutonomyTexts, other: AutonomyTexts) => JSON.stringify(one) === JSON.stringify(other);

type FieldsProps = {
  texts: AutonomyTexts;
  currency: string;
  errorOf: (name: string) => string | undefined;
  onChange: (part: Partial<AutonomyTexts>) => void;
};

function AutonomyFields(props: FieldsProps) {
  const { texts, errorOf, onChange } = props;
  return (
    <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
      <Field label="Level" hint={levelWords[texts.level].sentence} error={errorOf("level")}>
        <Select
          value={texts.level}
          onChange={(event) => onChange({ level: event.target.value as AutonomyLevel })}
        >
          {Object.entries(levelWords).map(([level, { name }]) => (
            <option key={level} value={level}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      {texts.level === "auto" ? <AloneFields {...props} /> : null}
      {texts.level === "shadow" ? null : <WaitingFields {...props} />}
    </div>
  );
}

function AloneFields({ texts, currency, errorOf, onChange }: FieldsProps) {
  return (
    <>
      <Field
        label="Threshold"
        hint="From this confidence, 0 to 1, a proposal to act runs alone."
        error={errorOf("threshold")}
      >
        <NumberInput value={texts.threshold} onText={(threshold) => onChange({ threshold })} />
      </Field>
      <Field
        label="Decline threshold"
        hint="From this confidence a proposal to leave things as they are stands alone. Empty: a person decides."
        error={errorOf("decline_threshold")}
      >
        <NumberInput
          value={texts.declineThreshold}
          onText={(declineThreshold) => onChange({ declineThreshold })}
        />
      </Field>
      <Field
        label="Audit rate (%)"
        hint="Share of what ran alone that a person judges again."
        error={errorOf("audit_rate")}
      >
        <NumberInput value={texts.auditPercent} onText={(auditPercent) => onChange({ auditPercent })} />
      </Field>
      <Field
        label={`Amount cap (${currency})`}
        hint="Above it a person always decides. Empty: no cap."
        error={errorOf("amount_cap")}
      >
        <NumberInput value={texts.cap} onText={(cap) => onChange({ cap })} />
      </Field>
    </>
  );
}

function WaitingFields({ texts, errorOf, onChange }: FieldsProps) {
  return (
    <>
      <Field label="Time to rule (minutes)" hint="How long a review may wait." error={errorOf("sla_minutes")}>
        <NumberInput value={texts.slaMinutes} onText={(slaMinutes) => onChange({ slaMinutes })} />
      </Field>
      <Field label="When nobody ruled in time" hint="Time never approves." error={errorOf("on_timeout")}>
        <Select
          value={texts.onTimeout}
          onChange={(event) => onChange({ onTimeout: event.target.value as TimeoutAction })}
        >
          {Object.entries(timeoutWords).map(([action, { name }]) => (
            <option key={action} value={action}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
    </>
  );
}

function NumberInput({ onText, ...props }: { value: string; onText: (text: string) => void }) {
  return (
    <Input
      {...props}
      inputMode="decimal"
      autoComplete="off"
      onChange={(event) => onText(event.target.value)}
    />
  );
}
