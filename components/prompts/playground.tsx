"use client";

import { useState } from "react";
import { JsonField } from "@/components/apps/json-field";
import { readJsonObject } from "@/components/apps/json-text";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import type { JsonObject } from "@/lib/kernel/json";
import type { Trials } from "@/lib/prompts/run-endpoints";
import { TrialCard } from "./trial-card";

export type TryAction = (input: {
  app: string;
  input: JsonObject;
  versions: string[];
}) => Promise<Answer<Trials>>;
type Choice = { id: string; name: string; state: string; chosen: boolean };
type Props = { app: string; versions: readonly Choice[]; example: string; run: TryAction };

const most = 4;

/** One input, asked of up to four prompt versions side by side. */
export function Playground({ app, versions, example, run }: Props) {
  const { submit, pending, formError } = useSubmit(run);
  const [said, setSaid] = useState<Trials>();
  const [wrong, setWrong] = useState<string>();
  async function send(form: FormData) {
    const input = readJsonObject(formText(form, "input"));
    const chosen = form.getAll("version").flatMap((id) => (typeof id === "string" ? [id] : []));
    const isChosen = chosen.length > 0 && chosen.length <= most;
    setWrong(
      !input.ok ? "The input is no JSON object." : isChosen ? undefined : `Choose one to ${most} versions.`,
    );
    if (!input.ok || !isChosen) return;
    setSaid(await submit({ app, input: input.value, versions: chosen }));
  }
  return (
    <>
      <form
        method="post"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void send(new FormData(event.currentTarget));
        }}
      >
        <FormError>{wrong ?? formError}</FormError>
        <JsonField
          label="Input"
          hint="As an app would send it."
          name="input"
          defaultValue={example}
          errors={[]}
        />
        <fieldset className="flex flex-col gap-1">
          <legend className="pb-1 text-sm font-semibold">Versions, at most {most}</legend>
          {versions.map(({ id, name, state, chosen }) => (
            <Checkbox
              key={id}
              name="version"
              value={id}
              defaultChecked={chosen}
              label={`${name} (${state})`}
            />
          ))}
        </fieldset>
        <Button type="submit" variant="primary" pending={pending} className="self-start">
          Ask
        </Button>
      </form>
      <div role="status" className="sr-only">
        {said ? `${said.data.length} ${said.data.length === 1 ? "version" : "versions"} answered` : ""}
      </div>
      {said ? (
        <div className="grid gap-4 lg:grid-cols-2">
          {said.data.map((trial) => (
            <TrialCard key={trial.version} trial={trial} />
          ))}
        </div>
      ) : null}
    </>
  );
}
