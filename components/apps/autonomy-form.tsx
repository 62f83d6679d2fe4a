"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { type AutonomyTexts, bodyOf, draftOf, textsOf } from "@/components/apps/autonomy-draft";
import { AutonomySentence } from "@/components/apps/autonomy-sentence";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import type { AutonomyLevel, TimeoutAction } from "@/lib/apps/schema";
import type { AutonomyView } from "@/lib/apps/views";
import { levelWords, timeoutWords } from "@/lib/apps/words";

type Autonomy = Extract<ReturnType<typeof bodyOf>, { ok: true }>["body"];
export type SaveAutonomy = (input: {
  app: string;
  type: string;
  autonomy: Autonomy;
}) => Promise<Answer<AutonomyView>>;

/** How far the app may act alone, with a sentence that says what it means while it is typed. */
export function AutonomyForm({ autonomy, save }: { autonomy: AutonomyView; save: SaveAutonomy }) {
  const [texts, setTexts] = useState(() => textsOf(autonomy));
  const [wrong, setWrong] = useState<{ field: string; message: string }>();
  const { submit, pending, fieldError, formError } = useSubmit(save);
  const { toast } = useToast();
  const router = useRouter();

  async function send(event: FormEvent) {
    event.preventDefault();
    const read = bodyOf(texts, autonomy);
    setWrong(read.ok ? undefined : read);
    if (!read.ok) return;
    const saved = await submit({ app: autonomy.app_id, type: autonomy.type_id, autonomy: read.body });
    if (!saved) return;
    toast({ title: `Saved: ${autonomy.type_name}`, tone: "success" });
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
      <Button type="submit" variant="primary" pending={pending} className="self-end">
        Save
      </Button>
    </form>
  );
}

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
