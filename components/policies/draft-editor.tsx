"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { FixtureCard } from "@/components/policies/fixture-card";
import {
  draftOf,
  newFixture,
  newRule,
  readDraft,
  type PolicyDraft,
} from "@/components/policies/policy-draft";
import { RuleCard } from "@/components/policies/rule-card";
import { RuleHelp } from "@/components/policies/rule-help";
import { useSettled } from "@/components/queues/use-settled";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import type { FixtureInput, PolicyCheck, PolicyVersionView, RuleInput } from "@/lib/policies/views";

type Content = { rules: RuleInput[]; fixtures: FixtureInput[] };
export type CheckAction = (input: Content) => Promise<Answer<PolicyCheck>>;
export type SaveDraftAction = (
  input: Content & { policy: string; version: number; note: string },
) => Promise<Answer<Saved>>;
type Saved = { version: number; open: { edited_at: string } | null };

type Props = {
  policy: { id: string; version: number };
  /** When the draft was last written: another time than ours means somebody else wrote it. */
  editedAt: string | null;
  /** What it begins with: the draft, or what is in force. */
  from: Pick<PolicyVersionView, "rules" | "fixtures" | "note"> | null;
  queues: readonly { id: string; name: string }[];
  check: CheckAction;
  save: SaveDraftAction;
};

/** The draft of a policy as it is written: rules and fixtures, checked while they are typed. */
export function DraftEditor({ policy, editedAt, from, queues, check, save }: Props) {
  const [draft, setDraft] = useState(() => draftOf(from));
  const [known, setKnown] = useState({ version: policy.version, editedAt });
  // Renaming raises the version too; only what somebody else wrote into the draft is in the way.
  const version = known.editedAt === editedAt ? Math.max(known.version, policy.version) : known.version;
  const read = readDraft(draft);
  const checked = useCheck({ rules: read.rules, fixtures: read.fixtures }, check);
  const { submit, pending, formError, errors } = useSave(save);
  const { toast } = useToast();
  const router = useRouter();
  const edit = (change: (before: PolicyDraft) => Partial<PolicyDraft>) =>
    setDraft((before) => ({ ...before, ...change(before) }));

  async function send() {
    if (read.wrong.size > 0) return;
    const saved = await submit({
      policy: policy.id,
      version,
      note: draft.note,
      rules: read.rules,
      fixtures: read.fixtures,
    });
    if (!saved) return;
    setKnown({ version: saved.version, editedAt: saved.open?.edited_at ?? null });
    toast({ title: "Draft saved", tone: "success" });
    router.refresh();
  }

  return (
    <>
      <Card aria-labelledby="rules-title">
        <CardHeader
          id="rules-title"
          title="Rules"
          description="All are asked, and the most restrictive answer wins. One that cannot be evaluated sends the decision to a person."
        />
        <CardBody className="flex flex-col gap-3">
          <RuleList draft={draft} wrong={read.wrong} check={checked} queues={queues} edit={edit} />
          <Button
            className="self-start"
            onClick={() => edit(({ rules }) => ({ rules: [...rules, newRule()] }))}
          >
            <Plus aria-hidden /> Add a rule
          </Button>
          <RuleHelp />
        </CardBody>
      </Card>
      <Card aria-labelledby="fixtures-title">
        <CardHeader
          id="fixtures-title"
          title="Fixtures"
          description="Decisions you make up, and what must come of them. All must pass before it is put in force."
        />
        <CardBody className="flex flex-col gap-3">
          <FixtureList draft={draft} wrong={read.wrong} check={checked} edit={edit} />
          <Button
            className="self-start"
            onClick={() => edit(({ fixtures }) => ({ fixtures: [...fixtures, newFixture()] }))}
          >
            <Plus aria-hidden /> Add a fixture
          </Button>
        </CardBody>
        <CardFooter className="flex-col items-stretch gap-3 sm:flex-row sm:items-end">
          <div className="grow">
            <Field label="Note" hint="Why, for who reads the versions later.">
              <Input
                value={draft.note}
                maxLength={500}
                onChange={(event) => edit(() => ({ note: event.target.value }))}
              />
            </Field>
          </div>
          <Button
            variant="primary"
            pending={pending}
            disabled={read.wrong.size > 0}
            onClick={() => void send()}
          >
            Save the draft
          </Button>
        </CardFooter>
        <FormError>{formError ?? errors}</FormError>
      </Card>
    </>
  );
}

function useSave(save: SaveDraftAction) {
  const [errors, setErrors] = useState<string>();
  const { submit, ...rest } = useSubmit<Parameters<SaveDraftAction>[0], Saved>(async (input) => {
    const answer = await save(input);
    const first = answer.ok ? undefined : answer.error.errors[0];
    setErrors(first ? `${first.pointer}: ${first.message}` : undefined);
    return answer;
  });
  return { ...rest, submit, errors };
}

/** What is wrong with the rules and what the fixtures come to, a moment after the last key. */
function useCheck(content: Content, check: CheckAction): PolicyCheck | undefined {
  const settled = useSettled(JSON.stringify(content), 350);
  const { data } = useQuery({
    queryKey: ["policy-check", settled],
    queryFn: () => check(JSON.parse(settled) as Content),
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
  return data?.ok ? data.data : undefined;
}

type ListProps = {
  draft: PolicyDraft;
  wrong: ReadonlyMap<number, string>;
  check: PolicyCheck | undefined;
  edit: (change: (before: PolicyDraft) => Partial<PolicyDraft>) => void;
};

function RuleList({ draft, wrong, check, queues, edit }: ListProps & { queues: Props["queues"] }) {
  const { rules } = draft;
  if (rules.length === 0)
    return (
      <p className="text-sm text-muted-foreground">
        No rule: in force like this, the policy asks for nothing.
      </p>
    );
  return (
    <ol className="flex flex-col gap-3">
      {rules.map((rule, at) => (
        <RuleCard
          key={rule.key}
          rule={rule}
          place={at + 1}
          of={rules.length}
          queues={queues}
          wrong={wrong.get(rule.key)}
          problem={check?.problems.find((problem) => problem.rule === rule.id)}
          onChange={(part) =>
            edit((before) => ({
              rules: before.rules.map((each) => (each.key === rule.key ? { ...each, ...part } : each)),
            }))
          }
          onMove={(by) => edit((before) => ({ rules: moved(before.rules, at, by) }))}
          onRemove={() => edit((before) => ({ rules: before.rules.filter(({ key }) => key !== rule.key) }))}
        />
      ))}
    </ol>
  );
}

function FixtureList({ draft, wrong, check, edit }: ListProps) {
  const ids = draft.rules.map(({ id }) => id).filter(Boolean);
  return (
    <ul className="flex flex-col gap-3">
      {draft.fixtures.map((fixture, at) => (
        <FixtureCard
          key={fixture.key}
          fixture={fixture}
          rules={ids}
          result={check?.fixtures[at]}
          wrong={wrong.get(fixture.key)}
          onChange={(part) =>
            edit((before) => ({
              fixtures: before.fixtures.map((each) =>
                each.key === fixture.key ? { ...each, ...part } : each,
              ),
            }))
          }
          onRemove={() =>
            edit((before) => ({ fixtures: before.fixtures.filter(({ key }) => key !== fixture.key) }))
          }
        />
      ))}
    </ul>
  );
}

function moved<T>(items: readonly T[], at: number, by: 1 | -1): T[] {
  const rest = items.filter((_, index) => index !== at);
  const item = items[at];
  return item === undefined ? rest : [...rest.slice(0, at + by), item, ...rest.slice(at + by)];
}
