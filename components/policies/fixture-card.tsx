"use client";

import { CircleCheck, CircleX, Trash2 } from "lucide-react";
import type { FixtureDraft } from "@/components/policies/policy-draft";
import { effectOrNone, effectWords } from "@/components/policies/policy-words";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { effects, type Effect } from "@/lib/policies/schema";
import type { FixtureResult } from "@/lib/policies/views";

type Props = {
  fixture: FixtureDraft;
  rules: readonly string[];
  result?: FixtureResult;
  wrong?: string;
  onChange: (part: Partial<FixtureDraft>) => void;
  onRemove: () => void;
};

/** One fixture of a draft: a made-up decision, what must come of it, and what does. */
export function FixtureCard({ fixture, rules, result, wrong, onChange, onRemove }: Props) {
  const name = fixture.name === "" ? "this fixture" : fixture.name;
  return (
    <li className="flex flex-col gap-3 rounded-card border p-3">
      <div className="flex items-start justify-between gap-2">
        <Outcome result={wrong ? undefined : result} wrong={wrong} />
        <Button variant="ghost" size="icon" aria-label={`Remove ${name}`} onClick={onRemove}>
          <Trash2 aria-hidden />
        </Button>
      </div>
      <div className="grid gap-3 lg:grid-cols-[1fr_1fr]">
        <div className="flex flex-col gap-3">
          <Field label="Fixture">
            <Input
              value={fixture.name}
              maxLength={100}
              placeholder="a large refund"
              onChange={(event) => onChange({ name: event.target.value })}
            />
          </Field>
          <Field label="Must come to">
            <Select
              value={fixture.effect}
              onChange={(event) => onChange({ effect: event.target.value as Effect | "" })}
            >
              <option value="">No rule holds</option>
              {effects.map((effect) => (
                <option key={effect} value={effect}>
                  {effectWords[effect]}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="By the rule">
            <Select value={fixture.rule} onChange={(event) => onChange({ rule: event.target.value })}>
              <option value="">Any</option>
              {[...new Set([...rules, fixture.rule])].filter(Boolean).map((id) => (
                <option key={id} value={id}>
                  {id}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        <Field
          label="Decision"
          hint={'Facts by name, as JSON; "history": {"count 24h": 6} answers what rules ask of history.'}
        >
          <Textarea
            value={fixture.decision}
            rows={6}
            spellCheck={false}
            autoCapitalize="off"
            className="font-mono text-xs"
            onChange={(event) => onChange({ decision: event.target.value })}
          />
        </Field>
      </div>
    </li>
  );
}

/** What a fixture came to, in a line. */
export function Outcome({ result, wrong }: { result?: FixtureResult; wrong?: string }) {
  if (wrong) return <p className="text-sm text-declined-text">{wrong}</p>;
  if (!result) return <p className="text-sm text-muted-foreground">Not run yet</p>;
  const { pass, effect, rules, failed } = result;
  const Icon = pass ? CircleCheck : CircleX;
  const came =
    failed.length > 0
      ? `could not evaluate ${failed.join(", ")}`
      : `${effectOrNone(effect).toLowerCase()}${rules.length > 0 ? ` (${rules.join(", ")})` : ""}`;
  return (
    <p className={`flex items-start gap-2 text-sm ${pass ? "text-approved-text" : "text-declined-text"}`}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>
        {pass ? "Passes" : "Does not pass"}: {came}
      </span>
    </p>
  );
}
