"use client";

import { useState } from "react";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import type { ModelTest, ModelView } from "@/lib/models/catalogue";
import { costText, latencyText } from "./model-words";

export type TestModelAction = (input: { model_id: string }) => Promise<Answer<ModelTest>>;

/** Asks a model one small question and says what came of it. */
export function TestModelButton({ model, test }: { model: ModelView; test: TestModelAction }) {
  const { submit, pending, formError } = useSubmit(test);
  const [said, setSaid] = useState<ModelTest>();
  return (
    <span className="flex flex-wrap items-center justify-end gap-2">
      <span role="status" className="text-xs text-muted-foreground">
        {formError ?? (said ? sentence(said, model.currency) : "")}
      </span>
      <Button
        pending={pending}
        aria-label={`Test ${model.name}`}
        onClick={() => void submit({ model_id: model.id }).then(setSaid)}
      >
        Test
      </Button>
    </span>
  );
}

function sentence(test: ModelTest, currency: string): string {
  if (!test.ok) return test.error ?? "It did not answer";
  return `Answered in ${latencyText(test.latency_ms ?? 0)}, ${costText(test.cost_micros, currency)}`;
}
