"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { policyTemplates } from "@/lib/policies/templates";
import type { FixtureInput, RuleInput } from "@/lib/policies/views";
import { sentFixtures, sentRules } from "@/lib/policies/wire";

type NewPolicy = {
  name: string;
  description: string;
  app: string | null;
  rules: RuleInput[];
  fixtures: FixtureInput[];
};
export type CreatePolicyAction = (input: NewPolicy) => Promise<Answer<{ id: string }>>;

type Props = { app: { id: string; name: string }; create: CreatePolicyAction };

/** Makes a policy, empty or from a template, and opens it. */
export function NewPolicyDialog(props: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus aria-hidden /> New policy
        </Button>
      </DialogTrigger>
      <DialogContent
        title="New policy"
        description="It begins as a draft: nothing is in force before a second admin agreed."
      >
        <NewPolicyForm {...props} />
      </DialogContent>
    </Dialog>
  );
}

function NewPolicyForm({ app, create }: Props) {
  const [draft, setDraft] = useState({ name: "", template: "", everywhere: false });
  const { submit, pending, fieldError, formError } = useSubmit(create);
  const router = useRouter();
  const template = policyTemplates.find(({ key }) => key === draft.template);

  async function send(event: FormEvent) {
    event.preventDefault();
    const made = await submit({
      name: draft.name,
      description: template?.description ?? "",
      app: draft.everywhere ? null : app.id,
      rules: sentRules(template?.rules ?? []),
      fixtures: sentFixtures(template?.fixtures ?? []),
    });
    if (made) router.push(`/apps/${app.id}/policies/${made.id}`);
  }

  function choose(key: string) {
    const chosen = policyTemplates.find((each) => each.key === key);
    const isOwn = draft.name !== "" && !policyTemplates.some(({ name }) => name === draft.name);
    setDraft({ ...draft, template: key, name: isOwn ? draft.name : (chosen?.name ?? "") });
  }

  return (
    <form method="post" noValidate onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
      <FormError>{formError}</FormError>
      <Field label="Begin with" hint={template?.description ?? "Rules are added one by one."}>
        <Select value={draft.template} onChange={(event) => choose(event.target.value)}>
          <option value="">Nothing</option>
          {policyTemplates.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Name" required error={fieldError("name")}>
        <Input
          value={draft.name}
          maxLength={100}
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
        />
      </Field>
      <Field label="For">
        <Select
          value={draft.everywhere ? "all" : "app"}
          onChange={(event) => setDraft({ ...draft, everywhere: event.target.value === "all" })}
        >
          <option value="app">{app.name}</option>
          <option value="all">Every app</option>
        </Select>
      </Field>
      <Button type="submit" variant="primary" pending={pending} className="self-end">
        Make the policy
      </Button>
    </form>
  );
}
