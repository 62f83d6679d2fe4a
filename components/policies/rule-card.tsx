"use client";

import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import type { RuleDraft } from "@/components/policies/policy-draft";
import { effectWords } from "@/components/policies/policy-words";
import { RuleProblemNote } from "@/components/policies/rule-problem";
import { RuleText } from "@/components/policies/rule-text";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { effects, type Effect } from "@/lib/policies/schema";
import type { RuleProblemView } from "@/lib/policies/views";

type Props = {
  rule: RuleDraft;
  place: number;
  of: number;
  queues: readonly { id: string; name: string }[];
  wrong?: string;
  problem?: RuleProblemView;
  onChange: (part: Partial<RuleDraft>) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
};

/** One rule of a draft: when it holds, what follows, what the reviewer reads. */
export function RuleCard({ rule, place, of, queues, wrong, problem, onChange, onMove, onRemove }: Props) {
  const name = rule.id === "" ? `rule ${place}` : rule.id;
  return (
    <li className="flex flex-col gap-3 rounded-card border p-3">
      <div className="flex items-center justify-between gap-2">
        <h3 className="text-sm font-semibold">
          <span className="text-muted-foreground tabular-nums">{place}.</span> {name}
        </h3>
        <div className="flex">
          <Button
            variant="ghost"
            size="icon"
            aria-label={`Move ${name} up`}
            disabled={place === 1}
            onClick={() => onMove(-1)}
          >
            <ArrowUp aria-hidden />
          </Button>
          <Button
            variant="ghost"
            size="icon"
            aria-label={`Move ${name} down`}
            disabled={place === of}
            onClick={() => onMove(1)}
          >
            <ArrowDown aria-hidden />
          </Button>
          <Button variant="ghost" size="icon" aria-label={`Remove ${name}`} onClick={onRemove}>
            <Trash2 aria-hidden />
          </Button>
        </div>
      </div>
      <RuleText value={rule.when} onChange={(when) => onChange({ when })} />
      <div aria-live="polite">
        {problem && rule.when.trim() !== "" ? <RuleProblemNote problem={problem} source={rule.when} /> : null}
        {wrong ? <p className="text-sm text-declined-text">{wrong}</p> : null}
      </div>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <Field label="Then">
          <Select
            value={rule.effect}
            onChange={(event) => onChange({ effect: event.target.value as Effect })}
          >
            {effects.map((effect) => (
              <option key={effect} value={effect}>
                {effectWords[effect]}
              </option>
            ))}
          </Select>
        </Field>
        {rule.effect === "sample" ? (
          <Field label="Share, %">
            <Input
              inputMode="decimal"
              value={rule.share}
              onChange={(event) => onChange({ share: event.target.value })}
            />
          </Field>
        ) : null}
        {rule.effect === "route_to" ? (
          <Field label="Queue">
            <Select value={rule.queue} onChange={(event) => onChange({ queue: event.target.value })}>
              <option value="">Choose one</option>
              {queues.map(({ id, name: own }) => (
                <option key={id} value={id}>
                  {own}
                </option>
              ))}
            </Select>
          </Field>
        ) : null}
        <Field label="Id">
          <Input
            value={rule.id}
            maxLength={60}
            spellCheck={false}
            autoCapitalize="off"
            className="font-mono"
            placeholder="over_150"
            onChange={(event) => onChange({ id: event.target.value })}
          />
        </Field>
        <Field label="What the reviewer reads">
          <Input
            value={rule.message}
            maxLength={300}
            placeholder="More than 150"
            onChange={(event) => onChange({ message: event.target.value })}
          />
        </Field>
      </div>
    </li>
  );
}
