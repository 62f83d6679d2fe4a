"use client";

import { UserPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { SecretOnce } from "@/components/identity/secret-once";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { useHydrated } from "@/components/identity/use-hydrated";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { roles, roleSentences, type Role } from "@/lib/identity/schema";

type Invite = (input: { email: string; name: string; role: Role }) => Promise<Answer<{ link: string }>>;

/** Invites a person and shows their one-time link. */
export function InviteDialog({ invite }: { invite: Invite }) {
  const router = useRouter();
  const ready = useHydrated();
  const [open, setOpen] = useState(false);
  const [link, setLink] = useState<string>();
  function change(next: boolean) {
    setOpen(next);
    if (!next && link) router.refresh();
    if (next) setLink(undefined);
  }
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button variant="primary" disabled={!ready}>
          <UserPlus aria-hidden /> Invite
        </Button>
      </DialogTrigger>
      <DialogContent
        title={link ? "Send them this link" : "Invite a person"}
        description={link ? undefined : "They get a link that works once, for 7 days."}
      >
        {link ? (
          <SecretOnce label="Invitation link" secret={link}>
            It lets one person in, once, within 7 days. It is shown only here.
          </SecretOnce>
        ) : (
          <InviteForm invite={invite} onInvited={setLink} />
        )}
      </DialogContent>
    </Dialog>
  );
}

function InviteForm({ invite, onInvited }: { invite: Invite; onInvited: (link: string) => void }) {
  const { submit, pending, fieldError, formError } = useSubmit(invite);
  const [role, setRole] = useState<Role>("reviewer");
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const invited = await submit({ email: formText(form, "email"), name: formText(form, "name"), role });
    if (invited) onInvited(invited.link);
  }
  return (
    <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
      <FormError>{formError}</FormError>
      <Field label="Name" error={fieldError("name")}>
        <Input name="name" required maxLength={100} autoComplete="off" />
      </Field>
      <Field label="E-mail" error={fieldError("email")}>
        <Input name="email" type="email" required maxLength={254} autoComplete="off" />
      </Field>
      <Field label="Role" hint={roleSentences[role]} error={fieldError("role")}>
        <Select
          name="role"
          value={role}
          onChange={(event) => setRole(roles.find((known) => known === event.target.value) ?? "reviewer")}
        >
          {roles.map((known) => (
            <option key={known} value={known}>
              {known}
            </option>
          ))}
        </Select>
      </Field>
      <Button type="submit" variant="primary" pending={pending} className="self-end">
        Create the link
      </Button>
    </form>
  );
}
