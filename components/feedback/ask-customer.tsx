"use client";

import { MessageCircleQuestion } from "lucide-react";
import { useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { linkLimits } from "@/lib/feedback/link-limits";

type Link = { url: string; snippet: string };
type Props = {
  decisionId: string;
  offer: (input: { decisionId: string }) => Promise<Answer<Link>>;
};

/** Makes the link over which the customer of a decision says what they think of it. */
export function AskCustomer({ decisionId, offer }: Props) {
  const [link, setLink] = useState<Link>();
  const { submit, pending, formError } = useSubmit(offer);
  return (
    <Dialog onOpenChange={() => setLink(undefined)}>
      <DialogTrigger asChild>
        <Button size="sm">
          <MessageCircleQuestion aria-hidden /> Ask the customer
        </Button>
      </DialogTrigger>
      <DialogContent
        title="Ask the customer"
        description="A page, or a piece for a page of your own: good or bad, and their words. They can change it until the link lapses; what they said last counts."
      >
        <div className="flex min-w-0 flex-col gap-4">
          <FormError>{formError}</FormError>
          {link ? (
            <>
              <Field label="Link" hint={`Shown once. It works for ${linkLimits.days} days.`}>
                <Input readOnly value={link.url} onFocus={(event) => event.target.select()} />
              </Field>
              <CopyButton value={link.url} label="Copy the link" />
              <CodeBlock label="For your own page" code={link.snippet} />
            </>
          ) : (
            <Button
              variant="primary"
              pending={pending}
              className="self-start"
              onClick={() => void submit({ decisionId }).then(setLink)}
            >
              Make a link
            </Button>
          )}
        </div>
      </DialogContent>
    </Dialog>
  );
}
