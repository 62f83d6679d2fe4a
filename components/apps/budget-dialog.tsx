"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { minorOf, majorText } from "@/components/apps/money-draft";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { type Answer, orThrow, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import type { BudgetView } from "@/lib/apps/budgets";

type Change = {
  budget: string;
  max_amount?: number | null;
  max_count?: number | null;
  archived?: boolean;
  version: number;
};
export type SaveBudget = (input: Change) => Promise<Answer<BudgetView>>;

type Props = { budget: BudgetView; save: SaveBudget };

/** What a person typed as limits; undefined where it is not a number of that kind. */
export function limitsOf(form: FormData, currency: string | null) {
  const amount = formText(form, "max_amount").trim();
  const count = formText(form, "max_count").trim();
  return {
    max_amount: amount === "" || currency === null ? null : (minorOf(amount, currency) ?? Number.NaN),
    max_count: count === "" ? null : Number(count),
  };
}

type FieldsProps = {
  currency: string | null;
  amount?: number | null;
  count?: number | null;
  errorOf: (name: string) => string | undefined;
};

/** The two limits of a budget. */
export function LimitFields({ currency, amount, count, errorOf }: FieldsProps) {
  return (
    <>
      {currency === null ? null : (
        <Field
          label={`Amount, ${currency}`}
          hint="Money in another currency goes to a person until it has a budget of its own here."
          error={errorOf("max_amount")}
        >
          <Input
            name="max_amount"
            inputMode="decimal"
            autoComplete="off"
            defaultValue={amount == null ? "" : majorText(amount, currency)}
          />
        </Field>
      )}
      <Field
        label="Number of acts"
        hint={currency === null ? undefined : "Leave empty for no limit."}
        error={errorOf("max_count")}
      >
        <Input name="max_count" inputMode="numeric" autoComplete="off" defaultValue={count ?? ""} />
      </Field>
    </>
  );
}

/** Changes what a budget allows. */
export function BudgetDialog({ budget, save }: Props) {
  const [open, setOpen] = useState(false);
  const { submit, pending, fieldError, formError } = useSubmit(save);
  const { toast } = useToast();
  const router = useRouter();
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const limits = limitsOf(new FormData(event.currentTarget), budget.currency);
    const saved = await submit({ budget: budget.id, version: budget.version, ...limits });
    if (!saved) return;
    setOpen(false);
    if (saved.proposal) toast({ title: "Proposed: it is in force once another admin signs it" });
    router.refresh();
  }
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" aria-label={`Change the budget of ${budget.scope_name}`}>
          Change
        </Button>
      </DialogTrigger>
      <DialogContent
        title="Change the budget"
        description={`${budget.scope_name}. What is used stays as it is. A higher limit, or one less, takes another admin's signature.`}
      >
        <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
          <FormError>{formError}</FormError>
          <LimitFields
            currency={budget.currency}
            amount={budget.max_amount}
            count={budget.max_count}
            errorOf={fieldError}
          />
          <Button type="submit" variant="primary" pending={pending} className="self-end">
            Save
          </Button>
        </form>
      </DialogContent>
    </Dialog>
  );
}

/** Proposes to take a budget out of force, after asking. */
export function ArchiveBudget({ budget, save }: Props) {
  const [open, setOpen] = useState(false);
  const { toast } = useToast();
  const router = useRouter();
  async function confirm() {
    await orThrow(save({ budget: budget.id, archived: true, version: budget.version }));
    toast({ title: "Proposed: it is out of force once another admin signs it" });
    router.refresh();
  }
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        onClick={() => setOpen(true)}
        aria-label={`Archive the budget of ${budget.scope_name}`}
      >
        Archive
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Archive the budget of ${budget.scope_name}?`}
        description="It limits nothing from the moment another admin signs it. Made again, it goes on from what its window has used."
        confirmLabel="Propose it"
        tone="danger"
        onConfirm={confirm}
      />
    </>
  );
}
