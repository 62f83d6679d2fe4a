"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import type { EvaluatorView } from "@/lib/evaluators/views";
import type { JsonObject } from "@/lib/kernel/json";
import { ConfigFields, type Model } from "./config-fields";
import { configOfDraft, draftOf } from "./evaluator-draft";
import { TrialPanel, type PastDecision, type TryAction } from "./trial-panel";

type NewVersion = { evaluator: string; config: JsonObject; secret?: string; note: string };
type AddVersionAction = (input: NewVersion) => Promise<Answer<unknown>>;
type Props = {
  evaluator: EvaluatorView;
  models: readonly Model[];
  decisions: readonly PastDecision[];
  add: AddVersionAction;
  attempt: TryAction;
};

/** The configuration that scores now, to be changed, tried on a past decision and saved as the next version. */
export function VersionEditor({ evaluator, models, decisions, add, attempt }: Props) {
  const { id, app_id: app, kind, quality, version } = evaluator;
  const [draft, setDraft] = useState(() => draftOf(version.config));
  const [note, setNote] = useState("");
  const { submit, pending, fieldError, formError } = useSubmit(add);
  const { toast } = useToast();
  const router = useRouter();
  const config = () => configOfDraft(kind, draft);
  const secret = kind === "http" && draft.secret !== "" ? { secret: draft.secret } : {};

  async function send(event: FormEvent) {
    event.preventDefault();
    const saved = await submit({ evaluator: id, config: config(), note, ...secret });
    if (!saved) return;
    toast({ title: `Version ${version.version + 1} scores from now on`, tone: "success" });
    router.refresh();
  }

  return (
    <Card aria-labelledby="config-title">
      <CardHeader
        id="config-title"
        title="How it scores"
        description="What you save is a new version: its agreement with people is measured anew."
      />
      <CardBody>
        <form method="post" noValidate onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
          <FormError>{formError}</FormError>
          <ConfigFields
            kind={kind}
            draft={draft}
            edit={(change) => setDraft({ ...draft, ...change })}
            error={(field) => fieldError(field === "secret" ? field : `config/${field}`)}
            models={models}
            hasSecret={version.has_secret}
          />
          <TrialPanel
            decisions={decisions}
            asked={() => ({ app, kind, quality, config: config(), evaluator: id, ...secret })}
            attempt={attempt}
          />
          <Field label="What changed" error={fieldError("note")}>
            <Input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
          </Field>
          <Button type="submit" variant="primary" pending={pending} className="self-start">
            Save as version {version.version + 1}
          </Button>
        </form>
      </CardBody>
    </Card>
  );
}
