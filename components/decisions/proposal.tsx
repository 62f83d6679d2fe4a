import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { Money } from "@/components/ui/money";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { DecisionRecord } from "@/lib/decisions/record";
import { SubjectDetail } from "./subject-link";
import type { JsonObject } from "@/lib/kernel/json";
import { ActionFields } from "@/components/reviews/action-fields";

const undoing = {
  reversible: "It can be undone.",
  compensable: "It can be made good by a second action.",
  irreversible: "It cannot be undone.",
};

/** What would be, or was, carried out, from validated fields. */
export function Proposal({ record }: { record: DecisionRecord }) {
  const { decision, action, type } = record;
  const { proposal, edited_arguments: edited } = decision;
  return (
    <Card>
      <CardHeader
        title="Proposal"
        description={
          action
            ? `“${action.name}” on ${action.connector}. ${undoing[type.reversibility]}`
            : "A ruling only; nothing is carried out."
        }
      />
      <CardBody className="flex flex-col gap-4">
        {proposal.amount ? <Money {...proposal.amount} className="text-xl font-semibold" /> : null}
        <Arguments title={edited ? "As submitted" : "Arguments"} value={proposal.arguments} />
        {edited ? <Arguments title="As a person changed them" value={edited} /> : null}
      </CardBody>
    </Card>
  );
}

function Arguments({ title, value }: { title: string; value: JsonObject }) {
  return (
    <section className="flex min-w-0 flex-col gap-1">
      <h3 className="text-xs font-semibold text-muted-foreground">{title}</h3>
      {Object.keys(value).length === 0 ? (
        <p className="text-sm text-muted-foreground">None.</p>
      ) : (
        <ActionFields fields={value} />
      )}
    </section>
  );
}

/** Where the decision comes from: app, model, prompt, subject and ids. */
export function Origin({ record, blind }: { record: DecisionRecord; blind: boolean }) {
  const { decision, app, type, submitted_by, digest } = record;
  const { subject, model, prompt_version: prompt, external_id: external } = decision;
  const items = [
    { term: "App", detail: app.name },
    { term: "Type", detail: <span title={decision.type}>{type.name}</span> },
    subject && {
      term: "Subject",
      detail: <SubjectDetail subject={subject} />,
    },
    external !== null && { term: "App’s own id", detail: <UntrustedInline text={external} /> },
    model &&
      !blind && {
        term: "Model",
        detail: <UntrustedInline text={[model.provider, model.name].filter(Boolean).join(" / ")} />,
      },
    prompt !== null && !blind && { term: "Prompt", detail: <UntrustedInline text={prompt} /> },
    submitted_by !== null && { term: "Submitted by", detail: <UntrustedInline text={submitted_by} /> },
    {
      term: "Id",
      detail: <code className="font-mono text-xs break-all">{decision.id}</code>,
    },
    digest !== null &&
      !blind && {
        term: "Signed digest",
        detail: (
          <code className="font-mono text-xs break-all" title="SHA-256 of what runs, in its RFC 8785 form">
            {digest}
          </code>
        ),
      },
  ];
  return (
    <Card>
      <CardHeader title="Where it comes from" />
      <CardBody>
        <DefinitionList items={items.filter((item) => item !== null && item !== false)} />
      </CardBody>
    </Card>
  );
}
