"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import { UntrustedText } from "@/components/ui/untrusted-text";
import type { IssueView } from "@/lib/discrepancies/schema";
import type { IssueActions } from "./issue-actions";
import { causeWords } from "./status";

type Member = { id: string; name: string };
type Props = { issue: IssueView; members: Member[]; update?: IssueActions["update"] | undefined };

/** What an issue is about and whose it is; changed in place. */
export function IssueAbout({ issue, members, update }: Props) {
  const [editing, setEditing] = useState(false);
  return (
    <Card>
      <CardHeader
        title="About it"
        actions={
          update && !editing ? (
            <Button size="sm" onClick={() => setEditing(true)}>
              Change
            </Button>
          ) : null
        }
      />
      <CardBody className="flex flex-col gap-3">
        {update && editing ? (
          <AboutForm issue={issue} members={members} update={update} onDone={() => setEditing(false)} />
        ) : (
          <>
            {issue.description ? (
              <UntrustedText text={issue.description} />
            ) : (
              <p className="text-sm text-muted-foreground">Nobody has described it yet.</p>
            )}
            <DefinitionList
              items={[
                { term: "Cause", detail: causeWords[issue.cause] },
                { term: "Owner", detail: issue.owner?.name ?? "Nobody yet" },
              ]}
            />
          </>
        )}
      </CardBody>
    </Card>
  );
}

type FormProps = {
  issue: IssueView;
  members: Member[];
  update: IssueActions["update"];
  onDone: () => void;
};

function AboutForm({ issue, members, update, onDone }: FormProps) {
  const [title, setTitle] = useState(issue.title);
  const [description, setDescription] = useState(issue.description);
  const [owner, setOwner] = useState(issue.owner?.id ?? "");
  const { submit, pending, formError, fieldError } = useSubmit(update);
  const { toast } = useToast();
  const router = useRouter();
  async function send(event: FormEvent) {
    event.preventDefault();
    const { id, version } = issue;
    const done = await submit({ id, version, title, description, owner_id: owner === "" ? null : owner });
    if (!done) return;
    toast({ title: "Issue changed", tone: "success" });
    onDone();
    router.refresh();
  }
  return (
    <form onSubmit={(event) => void send(event)} className="flex flex-col gap-3">
      <FormError>{formError}</FormError>
      <Field label="Title" required error={fieldError("title")}>
        <Input value={title} onChange={(event) => setTitle(event.target.value)} />
      </Field>
      <Field label="Description" error={fieldError("description")}>
        <Textarea rows={4} value={description} onChange={(event) => setDescription(event.target.value)} />
      </Field>
      <Field label="Owner" error={fieldError("owner_id")}>
        <Select value={owner} onChange={(event) => setOwner(event.target.value)}>
          <option value="">Nobody</option>
          {members.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" pending={pending}>
          Save
        </Button>
      </div>
    </form>
  );
}
