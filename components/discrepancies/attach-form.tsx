"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import type { DiscrepancySummary, IssueView } from "@/lib/discrepancies/schema";
import type { Cause } from "@/lib/kernel/statuses";
import type { AttachActions } from "./actions";
import { causeWords } from "./status";

type Props = {
  chosen: Pick<DiscrepancySummary, "id" | "app" | "type" | "cause">[];
  issues: IssueView[];
  actions: AttachActions;
  onDone?: () => void;
};

const fresh = "new";

/** Puts confirmed discrepancies of one app, type and cause into an issue that is there, or a new one. */
export function AttachForm({ chosen, issues, actions, onDone }: Props) {
  const first = chosen[0];
  const fitting = issues.filter(
    ({ app, type, cause }) => app.id === first?.app.id && type.id === first.type.id && cause === first.cause,
  );
  const [target, setTarget] = useState(fitting[0]?.id ?? fresh);
  const [title, setTitle] = useState(
    first?.cause ? `${first.type.name}: ${causeWords[first.cause].toLowerCase()}` : "",
  );
  const attach = useSubmit(actions.attach);
  const create = useSubmit(actions.create);
  const { toast } = useToast();
  const router = useRouter();
  if (!first?.cause) return null;
  const place = { app: first.app.id, type: first.type.id, cause: first.cause };

  async function send(event: FormEvent, about: { app: string; type: string; cause: Cause }) {
    event.preventDefault();
    const discrepancy_ids = chosen.map(({ id }) => id);
    const done =
      target === fresh
        ? await create.submit({ ...about, title, discrepancy_ids })
        : await attach.submit({ id: target, discrepancy_ids });
    if (!done) return;
    const { id } = done;
    toast({
      title: target === fresh ? "Issue opened" : "Put into the issue",
      tone: "success",
      action: { label: "See it", onAction: () => router.push(`/issues/${id}`) },
    });
    onDone?.();
    router.refresh();
  }

  return (
    <form onSubmit={(event) => void send(event, place)} className="flex flex-col gap-3">
      <FormError>{attach.formError ?? create.formError}</FormError>
      {fitting.length > 0 ? (
        <Field label="Issue">
          <Select value={target} onChange={(event) => setTarget(event.target.value)}>
            {fitting.map(({ id, title, status }) => (
              <option key={id} value={id}>
                {status === "closed" ? `${title} (closed: opens again)` : title}
              </option>
            ))}
            <option value={fresh}>A new issue</option>
          </Select>
        </Field>
      ) : null}
      {target === fresh ? (
        <Field label="Title of the new issue" error={create.fieldError("title")} required>
          <Input value={title} onChange={(event) => setTitle(event.target.value)} />
        </Field>
      ) : null}
      <Button
        type="submit"
        variant="primary"
        className="w-fit"
        pending={attach.pending || create.pending}
        disabled={target === fresh && title.trim() === ""}
      >
        {target === fresh ? "Open the issue" : "Put into the issue"}
      </Button>
    </form>
  );
}
