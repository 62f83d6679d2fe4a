"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { FineTuneView } from "@/lib/learning/fine-tunes";

export type Resolve = (input: { id: string; job: string | null }) => Promise<Answer<FineTuneView>>;

/** A person's word on whether the provider started the job. */
export function ResolveFineTuneForm({ id, resolve }: { id: string; resolve: Resolve }) {
  const router = useRouter();
  const [job, setJob] = useState("");
  const { submit, pending, formError } = useSubmit(resolve);
  const send = async (answer: string | null) => {
    if (await submit({ id, job: answer })) router.refresh();
  };
  return (
    <div className="flex flex-col gap-3">
      <Field label="The job's id at the provider" hint="Look there: is there a job that was started?">
        <Input value={job} onChange={({ target }) => setJob(target.value)} maxLength={200} />
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          pending={pending}
          disabled={job.trim() === ""}
          onClick={() => send(job.trim())}
        >
          Follow this job
        </Button>
        <Button pending={pending} onClick={() => send(null)}>
          There is none: start it
        </Button>
      </div>
      {formError ? (
        <p role="alert" className="text-sm text-declined-text">
          {formError}
        </p>
      ) : null}
    </div>
  );
}
