"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { minorOf } from "@/components/apps/money-draft";
import {
  type AskedTerms,
  pointers,
  termsOfTexts,
  type TermsTexts,
  textsOfTerms,
} from "@/components/autonomy/contracts-draft";
import { TermsFields } from "@/components/autonomy/contracts-terms-fields";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { defaultTerms, wireOf } from "@/lib/autonomy/terms";

type NewContract = {
  app: string;
  type: string;
  predicted: "positive" | "negative";
  amount_from: number | null;
  amount_to: number | null;
  level: "shadow" | "review_all";
  terms: AskedTerms;
};
export type CreateContractAction = (input: NewContract) => Promise<Answer<{ id: string }>>;
export type TypeChoice = { id: string; name: string; currency: string; hasAmount: boolean };

type Props = { app: { id: string }; types: TypeChoice[]; create: CreateContractAction };

/** Makes a contract and opens it. */
export function NewContractDialog(props: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus aria-hidden /> New contract
        </Button>
      </DialogTrigger>
      <DialogContent
        title="New contract"
        description="From now on nothing of this segment runs alone before evidence certifies a threshold and two admins signed."
      >
        <NewContractForm {...props} />
      </DialogContent>
    </Dialog>
  );
}

type Draft = {
  type: string;
  predicted: NewContract["predicted"];
  from: string;
  to: string;
  level: NewContract["level"];
};

function NewContractForm({ app, types, create }: Props) {
  const [draft, setDraft] = useState<Draft>({
    type: types[0]?.id ?? "",
    predicted: "positive",
    from: "",
    to: "",
    level: "review_all",
  });
  const chosen = types.find(({ id }) => id === draft.type);
  const currency = chosen?.currency ?? "EUR";
  const [texts, setTexts] = useState<TermsTexts>(() => textsOfTerms(wireOf(defaultTerms), currency));
  const [wrong, setWrong] = useState<{ field: string; message: string }>();
  const { submit, pending, fieldError, formError } = useSubmit(create);
  const router = useRouter();

  async function send(event: FormEvent) {
    event.preventDefault();
    const read = readDraft(draft, texts, currency);
    setWrong(read.ok ? undefined : read);
    if (!read.ok) return;
    const made = await submit({ ...read.input, app: app.id });
    if (made) router.push(`/apps/${app.id}/contracts/${made.id}`);
  }

  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const errorOf = (field: string, pointer: string) =>
    wrong?.field === field ? wrong.message : fieldError(pointer);
  const segment = fieldError("app");
  return (
    <form method="post" noValidate onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
      <FormError>{formError ?? segment}</FormError>
      <SegmentFields draft={draft} types={types} chosen={chosen} errorOf={errorOf} onChange={change} />
      <TermsFields
        texts={texts}
        currency={currency}
        costHint="Instead of a share of errors. Needs an amount band with a top."
        errorOf={(field) => errorOf(field, pointers[field])}
        onChange={(part) => setTexts((before) => ({ ...before, ...part }))}
      />
      <Button type="submit" variant="primary" pending={pending} className="self-end">
        Make the contract
      </Button>
    </form>
  );
}

type SegmentProps = {
  draft: Draft;
  types: TypeChoice[];
  chosen: TypeChoice | undefined;
  errorOf: (field: string, pointer: string) => string | undefined;
  onChange: (part: Partial<Draft>) => void;
};

function SegmentFields({ draft, types, chosen, errorOf, onChange }: SegmentProps) {
  return (
    <>
      <Field label="Decision type" error={errorOf("type", "type")}>
        <Select
          value={draft.type}
          onChange={(event) => onChange({ type: event.target.value, from: "", to: "" })}
        >
          {types.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="For" hint="The two kinds of error differ, so each has a contract of its own.">
        <Select
          value={draft.predicted}
          onChange={(event) =>
            onChange({ predicted: event.target.value === "negative" ? "negative" : "positive" })
          }
        >
          <option value="positive">Proposals to act</option>
          <option value="negative">Proposals to leave things as they are</option>
        </Select>
      </Field>
      {chosen?.hasAmount ? (
        <div className="grid gap-4 sm:grid-cols-2">
          <AmountField
            label={`From (${chosen.currency})`}
            hint="Included. Empty: no limit."
            error={errorOf("from", "amount_from")}
            value={draft.from}
            onText={(from) => onChange({ from })}
          />
          <AmountField
            label={`To below (${chosen.currency})`}
            hint="Amounts that no contract covers go to a person."
            error={errorOf("to", "amount_to")}
            value={draft.to}
            onText={(to) => onChange({ to })}
          />
        </div>
      ) : null}
      <Field label="Starts" hint={startHints[draft.level]}>
        <Select
          value={draft.level}
          onChange={(event) => onChange({ level: event.target.value === "shadow" ? "shadow" : "review_all" })}
        >
          <option value="review_all">With people ruling on everything</option>
          <option value="shadow">In shadow</option>
        </Select>
      </Field>
    </>
  );
}

const startHints: Record<Draft["level"], string> = {
  review_all: "Rulings are evidence once the first 200 proposals have set the thresholds to try.",
  shadow: "Proposals are recorded, nothing is done and nobody is asked, until enough have come in.",
};

type AmountProps = {
  label: string;
  hint: string;
  error: string | undefined;
  value: string;
  onText: (text: string) => void;
};

function AmountField({ label, hint, error, value, onText }: AmountProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      <Input
        value={value}
        inputMode="decimal"
        autoComplete="off"
        onChange={(event) => onText(event.target.value)}
      />
    </Field>
  );
}

type Read = { ok: true; input: Omit<NewContract, "app"> } | { ok: false; field: string; message: string };

function readDraft(draft: Draft, texts: TermsTexts, currency: string): Read {
  const amounts = { from: amountOf(draft.from, currency), to: amountOf(draft.to, currency) };
  if (amounts.from === undefined) return { ok: false, field: "from", message: `An amount in ${currency}` };
  if (amounts.to === undefined) return { ok: false, field: "to", message: `An amount in ${currency}` };
  const terms = termsOfTexts(texts, currency);
  if (!terms.ok) return terms;
  const { type, predicted, level } = draft;
  const band = { amount_from: amounts.from, amount_to: amounts.to };
  return { ok: true, input: { type, predicted, level, ...band, terms: terms.terms } };
}

function amountOf(text: string, currency: string): number | null | undefined {
  return text.trim() === "" ? null : minorOf(text, currency);
}
