"use client";

import { useRouter } from "next/navigation";
import { type FormEvent } from "react";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { LearningExportView } from "@/lib/learning/exports";
import { learningFormats, type LearningFormat } from "@/lib/learning/vocabulary";
import { formatWords } from "@/lib/learning/words";

type Input = {
  app: string;
  type: string;
  format: LearningFormat;
  filter: { test_share: number; redact: boolean; licence?: string; prompt_version?: string };
};
type Props = {
  app: string;
  type: string;
  prompts: { id: string; name: string }[];
  create: (input: Input) => Promise<Answer<LearningExportView>>;
};

/** Asks for training files of what people ruled on. */
export function NewFilesForm({ app, type, prompts, create }: Props) {
  const router = useRouter();
  const { submit, pending, fieldError, formError } = useSubmit(create);

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => {
      const value = form.get(name);
      return typeof value === "string" ? value.trim() : "";
    };
    const made = await submit({
      app,
      type,
      format: learningFormats.find((format) => format === text("format")) ?? "sft",
      filter: {
        test_share: Number(text("test_share")) / 100,
        redact: form.get("redact") === "on",
        ...(text("licence") ? { licence: text("licence") } : {}),
        ...(text("prompt") ? { prompt_version: text("prompt") } : {}),
      },
    });
    if (made) router.refresh();
  }

  return (
    <form onSubmit={send} className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Format"
          hint="A JSON object a line, with where it comes from as metadata. TRL leaves that alone. OpenAI takes none: start there under Fine-tuning, which sends the lines without it; it wants ten or more."
        >
          <Select name="format" defaultValue="sft">
            {learningFormats.map((format) => (
              <option key={format} value={format}>
                {formatWords[format]}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          label="Wording"
          hint="What the model is asked in each line. A prompt has to end with the user’s message."
          error={fieldError("filter/prompt_version")}
        >
          <Select name="prompt" defaultValue="">
            <option value="">A plain prompt</option>
            {prompts.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Kept for tests, percent" error={fieldError("filter/test_share")}>
          <Input name="test_share" type="number" min={0} max={50} step={1} defaultValue={10} required />
        </Field>
        <Field label="Licence" hint="Under what the files may be used; it stands in the manifest.">
          <Input name="licence" maxLength={200} />
        </Field>
      </div>
      <Checkbox name="redact" defaultChecked label="Mask personal data" />
      <div>
        <Button type="submit" variant="primary" pending={pending}>
          Make training files
        </Button>
      </div>
      {formError ? (
        <p role="alert" className="text-sm text-declined-text">
          {formError}
        </p>
      ) : null}
    </form>
  );
}
