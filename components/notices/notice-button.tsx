"use client";

import { MailQuestion } from "lucide-react";
import { useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { NoticeView } from "@/lib/notices/appeals";

type Props = {
  decisionId: string;
  offer: (input: { decisionId: string }) => Promise<Answer<NoticeView>>;
};

/** Makes the link that tells the person concerned what was decided, and lets them say it is wrong. */
export function NoticeButton({ decisionId, offer }: Props) {
  const [notice, setNotice] = useState<NoticeView>();
  const { submit, pending, formError } = useSubmit(offer);
  return (
    <Dialog onOpenChange={() => setNotice(undefined)}>
      <DialogTrigger asChild>
        <Button>
          <MailQuestion aria-hidden /> Tell the person
        </Button>
      </DialogTrigger>
      <DialogContent
        title="Tell the person concerned"
        description="A page for them: what was decided, when, by a person or automatically, and why. They can say it is wrong; somebody who had no part in it looks again. Who decided, notes and the model’s words are not on it."
      >
        <div className="flex flex-col gap-4">
          <FormError>{formError}</FormError>
          {notice ? (
            <>
              <Field label="Link" hint="Shown once. Send it to them; it works for 30 days.">
                <Input readOnly value={notice.url} onFocus={(event) => event.target.select()} />
              </Field>
              <CopyButton value={notice.url} label="Copy the link" />
            </>
          ) : (
            <Button
              variant="primary"
              pending={pending}
              className="self-start"
              onClick={() => void submit({ decisionId }).then(setNotice)}
            >
              Make a link
            </Button>
          )}
        </div>
      </DialogContent>
    </Dialog>
  );
}
