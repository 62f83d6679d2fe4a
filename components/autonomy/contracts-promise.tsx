import type { ReactNode } from "react";
import { StagePath } from "@/components/autonomy/contracts-stage-path";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { guaranteeText } from "@/lib/autonomy/guarantee";
import { termList } from "@/lib/autonomy/term-diff";
import type { ContractView } from "@/lib/autonomy/views";
import { causeWords, levelSentences, percentText } from "@/lib/autonomy/words";
import { counted } from "@/lib/kernel/counted";

/** The promise in full, and how far the contract has come. */
export function PromiseCard({ contract }: { contract: ContractView }) {
  return (
    <Card aria-labelledby="promise-title">
      <CardHeader id="promise-title" title={contract.promise} description={levelSentences[contract.level]} />
      <CardBody className="flex flex-col gap-4">
        <p className="max-w-prose text-base">{guaranteeText(contract)}</p>
        <StagePath contract={contract} />
      </CardBody>
    </Card>
  );
}

/** The certification period: since when, why, and what its decisions come from. */
export function PeriodCard({ contract: { epoch, terms } }: { contract: ContractView }) {
  const { model, prompt, policies } = epoch.pins;
  const sensitivity =
    epoch.sensitivity === null
      ? "Not measured"
      : `${percentText(epoch.sensitivity)} of what is wrong, at least`;
  return (
    <Card aria-labelledby="period-title">
      <CardHeader
        id="period-title"
        title={`Certification period ${epoch.number}`}
        description="Evidence never crosses from one into another."
      />
      <CardBody>
        <DefinitionList
          items={[
            { term: "Began", detail: <Time at={epoch.started_at} /> },
            { term: "Because", detail: causeWords[epoch.cause] },
            // Of the first the cause says it all.
            ...(epoch.cause === "created"
              ? []
              : [{ term: "Why", detail: <UntrustedInline text={epoch.why} /> }]),
            { term: "Model", detail: nameOf(model) },
            { term: "Prompt", detail: nameOf(prompt) },
            { term: "Policies", detail: policiesText(policies) },
            {
              term: "Evidence",
              detail: `${counted(epoch.labelled, "label")}, ${epoch.audited.toLocaleString("en")} of them audits`,
            },
            ...(terms.gold_correction ? [{ term: "Reviewers catch", detail: sensitivity }] : []),
          ]}
        />
      </CardBody>
    </Card>
  );
}

// Apps write them.
function nameOf(name: unknown): ReactNode {
  return typeof name === "string" && name !== "" ? <UntrustedInline text={name} /> : "Not named yet";
}

function policiesText(policies: unknown): string {
  const count = Array.isArray(policies) ? policies.length : 0;
  return count === 0 ? "None" : `${count} published`;
}

/** Everything that was agreed on. */
export function TermsCard({ contract, change }: { contract: ContractView; change: ReactNode }) {
  return (
    <Card aria-labelledby="terms-title">
      <CardHeader
        id="terms-title"
        title="Terms"
        description="Tighter ones hold at once; looser ones take two admins."
        actions={change}
      />
      <CardBody>
        <DefinitionList
          items={termList(contract.terms, contract.currency)}
          className="lg:grid-cols-[minmax(7rem,auto)_1fr_minmax(7rem,auto)_1fr]"
        />
      </CardBody>
    </Card>
  );
}
