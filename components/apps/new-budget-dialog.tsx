"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { LimitFields, limitsOf } from "@/components/apps/budget-dialog";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import { budgetPeriodWords, budgetScopeWords } from "@/lib/apps/budget-words";
import type { BudgetView } from "@/lib/apps/budgets";
import type { BudgetPeriod, BudgetScope } from "@/lib/apps/schema";

type NewBudget = {
  scope: BudgetScope;
  scope_id: string;
  period: BudgetPeriod;
  currency: string | null;
  max_amount: number | null;
  max_count: number | null;
};
export type CreateBudgetAction = (input: NewBudget) => Promise<Answer<BudgetView>>;

/** What a budget can be of, by scope: id and name. */
export type BudgetSubjects = Record<"app" | "type" | "connector", { id: string; name: string }[]>;

const scopes: readonly BudgetScope[] = ["app", "subject", "type", "connector"];
const periods: readonly BudgetPeriod[] = ["hour", "day"];

type Props = { subjects: BudgetSubjects; create: CreateBudgetAction };

/** Makes a budget. */
export function NewBudgetDialog({ subjects, create }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus aria-hidden /> New budget
        </Button>
      </DialogTrigger>
      <DialogContent
        title="New budget"
        description="It counts from now on. What would go over it is not sent: it goes back to a person."
      >
        <NewBudgetForm subjects={subjects} create={create} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

function NewBudgetForm({ subjects, create, onDone }: Props & { onDone: () => void }) {
  const [scope, setScope] = useState<BudgetScope>("app");
  const [currency, setCurrency] = useState("");
  const { submit, pending, fieldError, formError } = useSubmit(create);
  const { toast } = useToast();
  const router = useRouter();
  const choices = subjects[scope === "subject" ? "app" : scope];
  const code = /^[A-Z]{3}$/.test(currency) ? currency : null;
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const period = periods.find((each) => each === formText(form, "period")) ?? "day";
    const made = await submit({
      scope,
      scope_id: formText(form, "scope_id"),
      period,
      currency: currency === "" ? null : currency,
      ...limitsOf(form, code),
    });
    if (!made) return;
    if (made.proposal) toast({ title: "Proposed: it is in force once another admin signs it" });
    onDone();
    router.refresh();
  }
  return (
    <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
      <FormError>{formError}</FormError>
      <Field label="Budget of">
        <Select
          value={scope}
          onChange={(event) => setScope(scopes.find((each) => each === event.target.value) ?? "app")}
        >
          {scopes.map((each) => (
            <option key={each} value={each}>
              {budgetScopeWords[each]}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Which" error={fieldError("scope_id")}>
        <Select name="scope_id" key={scope}>
          {choices.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Period" hint="By the hour or the day in UTC.">
        <Select name="period" defaultValue="day">
          {periods.map((each) => (
            <option key={each} value={each}>
              {budgetPeriodWords[each]}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        label="Currency"
        hint="Such as EUR, to limit an amount. Leave empty to count acts alone."
        error={fieldError("currency")}
      >
        <Input
          value={currency}
          onChange={(event) => setCurrency(event.target.value.trim().toUpperCase())}
          maxLength={3}
          autoComplete="off"
          className="font-mono"
        />
      </Field>
      <LimitFields currency={code} errorOf={fieldError} />
      <Button type="submit" variant="primary" pending={pending} className="self-end">
        Create the budget
      </Button>
    </form>
  );
}
