"use client";

import { useRouter } from "next/navigation";
import { type FormEvent } from "react";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { type AwayAction, AwayForm } from "@/components/queues/away-form";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { QueueMember } from "@/lib/reviews/queues";

export type PersonActions = {
  setSkills: (input: { person: string; skills: string[] }) => Promise<Answer<unknown>>;
  setAway: AwayAction;
};
type Props = PersonActions & { person: QueueMember; own: boolean; onClose: () => void };

/** What a reviewer can, and whether they are there. */
export function PersonDialog({ person, own, setSkills, setAway, onClose }: Props) {
  const { submit, pending, formError, fieldError } = useSubmit(setSkills);
  const router = useRouter();
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const skills = formText(new FormData(event.currentTarget), "skills")
      .split(",")
      .map((skill) => skill.trim())
      .filter((skill) => skill !== "");
    if (!(await submit({ person: person.id, skills }))) return;
    onClose();
    router.refresh();
  }
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent title={person.name} description={person.email}>
        <div className="flex flex-col gap-6">
          {own ? (
            <p className="text-sm text-muted-foreground">
              What you can is another lead&apos;s, or an admin&apos;s, to say.
            </p>
          ) : (
            <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-3">
              <FormError>{formError}</FormError>
              <Field
                label="Skills"
                hint="What they may be asked about; commas between them."
                error={fieldError("skills")}
              >
                <Input name="skills" defaultValue={person.skills.join(", ")} autoComplete="off" />
              </Field>
              <Button type="submit" pending={pending} className="self-end">
                Save the skills
              </Button>
            </form>
          )}
          <AwayForm person={person.id} awayUntil={person.away_until} setAway={setAway} onDone={onClose} />
        </div>
      </DialogContent>
    </Dialog>
  );
}
