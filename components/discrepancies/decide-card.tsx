"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { EvidencePicker } from "@/components/feedback/evidence-picker";
import { FormError } from "@/components/identity/form-error";
import { orThrow, useSubmit } from "@/components/identity/use-submit";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import { causeSentences } from "@/lib/discrepancies/cause-sentences";
import type { DiscrepancyView, IssueView } from "@/lib/discrepancies/schema";
import { type EvidenceSource, sentSpan } from "@/lib/feedback/evidence";
import { picks } from "@/lib/identity/key-map";
import type { FieldError } from "@/lib/kernel/errors";
import type { JsonValue } from "@/lib/kernel/json";
import { causes, type Cause } from "@/lib/kernel/statuses";
import type { DiscrepancyActions } from "./actions";
import { useQuoteDraft } from "./quote-draft";
import { causeWords } from "./status";

/** A quote that was refused has no field of its own: which one, and what would hold. */
function refusedQuote(errors: readonly FieldError[]): string | undefined {
  const found = errors.find(({ pointer }) => pointer.startsWith("/evidence/"));
  if (!found) return undefined;
  const number = Number(found.pointer.split("/")[2]) + 1;
  return [`Quote ${number}: ${found.message}`, found.fix].filter(Boolean).join(". ");
}

const none = "none";
const onlyOf = (issues: IssueView[]) => (issues.length === 1 ? issues[0] : undefined);
// Checked when the decision came in: context items are JSON.
const quotable = ({ context, ...rest }: DiscrepancyView["evidence"]): EvidenceSource => ({
  ...rest,
  context: (context ?? []) as unknown as JsonValue,
});

type Props = { discrepancy: DiscrepancyView; issues: IssueView[]; actions: DiscrepancyActions };

/** A person says which cause it was, which words show it and what was right, or that there is nothing in it. */
export function DecideCard({ discrepancy, issues, actions }: Props) {
  const { id, proposed_cause, suggested_truth } = discrepancy;
  const { spans, setSpans } = useQuoteDraft();
  const source = quotable(discrepancy.evidence);
  const [cause, setCause] = useState<Cause | undefined>(proposed_cause ?? undefined);
  const [truth, setTruth] = useState(suggested_truth);
  const [note, setNote] = useState("");
  const [asking, setAsking] = useState(false);
  const [named, setNamed] = useState<string>();
  const fitting = issues.filter((issue) => issue.cause === cause);
  const joins = fitting.find((issue) => issue.id === named) ?? (named === none ? undefined : onlyOf(fitting));
  const { submit, pending, formError, fieldError, errors } = useSubmit(actions.confirm);
  const { toast } = useToast();
  const router = useRouter();

  const tell = (title: string) =>
    toast({
      title,
      tone: "success",
      action: { label: "Undo", onAction: () => void actions.reopen({ id }).then(() => router.refresh()) },
    });
  async function confirm() {
    if (cause === undefined || pending) return;
    const done = await submit({
      id,
      cause,
      truth,
      note: note.trim() || undefined,
      evidence: spans.map((span) => sentSpan(source, span)),
      issue_id: joins?.id ?? null,
    });
    if (!done) return;
    tell(`Confirmed: ${causeWords[cause].toLowerCase()}`);
    router.refresh();
  }
  async function dismiss(why: string) {
    await orThrow(actions.dismiss({ id, note: why }));
    tell("Dismissed");
    router.refresh();
  }

  useShortcuts("Discrepancy", [
    { id: "approve", label: "Confirm the cause", when: cause !== undefined, run: () => void confirm() },
    { id: "decline", label: "Dismiss, then why", run: () => setAsking(true) },
    ...causes.map((each, at) => ({
      id: picks[at] ?? "pick.9",
      label: `Cause: ${causeWords[each].toLowerCase()}`,
      run: () => setCause(each),
    })),
  ]);

  return (
    <Card>
      <CardHeader title="What was it?" description="Your word counts: it becomes feedback on the decision." />
      <CardBody className="flex flex-col gap-3">
        <FormError>{formError ?? refusedQuote(errors)}</FormError>
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 text-sm font-semibold">Cause</legend>
          {causes.map((each, at) => (
            <label
              key={each}
              className="flex min-h-8 items-start gap-2 rounded-control px-2 py-1 text-sm hover:bg-surface-2 has-checked:bg-primary-soft pointer-coarse:min-h-12 pointer-coarse:items-center"
            >
              <input
                type="radio"
                name="cause"
                value={each}
                checked={cause === each}
                onChange={() => setCause(each)}
                className="mt-1 accent-primary"
              />
              <span className="min-w-0 grow">
                <span className="font-semibold">{causeWords[each]}</span>
                {each === proposed_cause ? <span className="text-muted-foreground"> (proposed)</span> : null}
                <span className="block text-xs text-muted-foreground">{causeSentences[each]}</span>
              </span>
              <Kbd>{at + 1}</Kbd>
            </label>
          ))}
        </fieldset>
        <EvidencePicker source={source} spans={spans} onChange={setSpans} />
        <Field label="Was acting right?" hint="From the strongest side; change it where you know better.">
          <Select
            value={truth}
            onChange={(event) => setTruth(event.target.value === "positive" ? "positive" : "negative")}
          >
            <option value="positive">Acting was right</option>
            <option value="negative">Acting was wrong</option>
          </Select>
        </Field>
        {fitting.length > 0 ? (
          <Field label="Issue it joins" hint="A closed one opens again.">
            <Select value={joins?.id ?? none} onChange={(event) => setNamed(event.target.value)}>
              <option value={none}>None yet</option>
              {fitting.map(({ id: issue, title, status }) => (
                <option key={issue} value={issue}>
                  {status === "closed" ? `${title} (closed)` : title}
                </option>
              ))}
            </Select>
          </Field>
        ) : null}
        <Field label="Note" error={fieldError("note")}>
          <Textarea rows={2} value={note} onChange={(event) => setNote(event.target.value)} />
        </Field>
      </CardBody>
      <CardFooter className="flex flex-wrap gap-2">
        <Button shortcut="d" onClick={() => setAsking(true)}>
          Dismiss
        </Button>
        <Button
          variant="primary"
          shortcut="a"
          pending={pending}
          disabled={cause === undefined}
          onClick={() => void confirm()}
        >
          Confirm
        </Button>
      </CardFooter>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Dismiss this discrepancy?"
        description="There is nothing to learn from it. It comes back when another side contradicts."
        confirmLabel="Dismiss"
        reason="required"
        reasonLabel="Why"
        onConfirm={dismiss}
      />
    </Card>
  );
}
