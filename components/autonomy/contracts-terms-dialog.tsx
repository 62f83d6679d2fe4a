"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
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
import { Textarea } from "@/components/ui/textarea";
import { compareTerms, defaultTerms, withAsked, type WireTerms } from "@/lib/autonomy/terms";

type Change = { contract: string; terms: AskedTerms; version: number; reason: string };
export type TightenAction = (input: Change) => Promise<Answer<unknown>>;
export type ProposeTermsAction = (input: Change & { kind: "terms" }) => Promise<Answer<unknown>>;

type Props = {
  contract: { id: string; version: number; amount_to: number | null; currency: string; terms: WireTerms };
  tighten: TightenAction;
  propose: ProposeTermsAction;
};

/** Changes the terms: tighter ones at once, looser ones as a proposal; it says which before anything is sent. */
export function TermsDialog(props: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm">Change terms</Button>
      </DialogTrigger>
      <DialogContent
        title="Change terms"
        description="Tighter terms hold at once. Looser ones are proposed, and another admin signs."
      >
        <TermsForm {...props} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

function TermsForm({ contract, tighten, propose, onDone }: Props & { onDone: () => void }) {
  const { currency } = contract;
  const [texts, setTexts] = useState<TermsTexts>(() => textsOfTerms(contract.terms, currency));
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState<{ field: keyof TermsTexts; message: string }>();
  const read = termsOfTexts(texts, currency);
  const change = read.ok ? changeOf(contract, read.terms) : null;
  const isLooser = change !== null && change.looser.length > 0;
  const { submit, pending, fieldError, formError } = useSubmit((input: Change) =>
    isLooser ? propose({ ...input, kind: "terms" }) : tighten(input),
  );
  const router = useRouter();

  async function send(event: FormEvent) {
    event.preventDefault();
    setWrong(read.ok ? undefined : read);
    if (!read.ok) return;
    const { id, version } = contract;
    const done = await submit({ contract: id, version, reason, terms: read.terms });
    if (!done) return;
    onDone();
    router.refresh();
  }

  return (
    <form method="post" noValidate onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
      <FormError>{formError}</FormError>
      <TermsFields
        texts={texts}
        currency={currency}
        costHint={
          contract.amount_to === null
            ? "Needs an amount band with a top: this contract has none."
            : "Instead of a share of errors; empty: errors are counted."
        }
        errorOf={(field) => (wrong?.field === field ? wrong.message : fieldError(pointers[field]))}
        onChange={(part) => setTexts((before) => ({ ...before, ...part }))}
      />
      <Field label="Why" required={isLooser} error={fieldError("reason")}>
        <Textarea value={reason} onChange={(event) => setReason(event.target.value)} maxLength={500} />
      </Field>
      <p className="text-sm text-muted-foreground" aria-live="polite">
        {consequence(change)}
      </p>
      <Button
        type="submit"
        variant="primary"
        pending={pending}
        disabled={change?.changed.length === 0 || (isLooser && reason.trim() === "")}
        className="self-end"
      >
        {isLooser ? "Propose these terms" : "Change the terms"}
      </Button>
    </form>
  );
}

function changeOf({ terms, amount_to: cap }: Props["contract"], asked: AskedTerms) {
  const before = withAsked(defaultTerms, terms, cap);
  return compareTerms(before, withAsked(before, asked, cap));
}

function consequence(change: ReturnType<typeof compareTerms> | null): string {
  if (!change || change.changed.length === 0) return "Nothing is changed yet.";
  const period = change.beginsEpoch
    ? "A new certification period begins: people rule on everything, and evidence starts from nothing."
    : "The evidence so far stays.";
  return change.looser.length > 0
    ? `These are looser terms: another admin has to sign. When signed: ${period.charAt(0).toLowerCase()}${period.slice(1)}`
    : `These are tighter terms: they hold at once. ${period}`;
}
