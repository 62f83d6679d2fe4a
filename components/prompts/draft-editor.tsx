"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { useToast } from "@/components/ui/toast";
import type { PromptVersionView } from "@/lib/prompts/endpoints";
import { DraftFields, type ModelChoice } from "./draft-form";
import { draftOf } from "./draft-of";

type Draft = NonNullable<ReturnType<typeof draftOf>>;
type Place = { app: string; prompt: string };
type Saved = Promise<Answer<PromptVersionView>>;
type Props = Place & {
  from: PromptVersionView;
  models: readonly ModelChoice[];
  /** Rewrites the draft it is. */
  rewrite: (input: Place & Draft & { version: number }) => Saved;
  /** Drafts the next version. */
  save: (input: Place & Draft) => Saved;
};

/** Rewrites a draft, or drafts the next version from one that left the draft. */
export function DraftEditor({ app, prompt, from, models, rewrite, save }: Props) {
  const isDraft = from.status === "draft";
  const { submit, pending, fieldError, formError } = useSubmit((draft: Draft) =>
    isDraft ? rewrite({ app, prompt, version: from.version, ...draft }) : save({ app, prompt, ...draft }),
  );
  const [unread, setUnread] = useState<string>();
  const router = useRouter();
  const { toast } = useToast();
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const draft = draftOf(new FormData(event.currentTarget), from.settings);
    setUnread(draft ? undefined : "The taken arguments are no JSON object.");
    if (!draft) return;
    const saved = await submit(draft);
    if (!saved) return;
    toast({ title: `Version ${saved.version} saved as a draft`, tone: "success" });
    router.refresh();
  }
  return (
    <Card aria-labelledby="draft-title">
      <CardHeader
        id="draft-title"
        title={isDraft ? `Draft: version ${from.version}` : `New version, from version ${from.version}`}
        description="What a version says is fixed once it leaves the draft."
      />
      <CardBody>
        <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
          <FormError>{formError ?? unread}</FormError>
          <DraftFields
            from={{ ...from, model: from.model.id, note: isDraft ? from.note : "" }}
            models={models}
            fieldError={fieldError}
          />
          <Button type="submit" variant="primary" pending={pending} className="self-end">
            {isDraft ? "Save the draft" : "Save as a draft"}
          </Button>
        </form>
      </CardBody>
    </Card>
  );
}
