import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { JsonView } from "@/components/ui/json-view";
import { UntrustedInline, UntrustedText } from "@/components/ui/untrusted-text";
import type { RulingCase } from "@/lib/evaluators/rulings";
import type { JsonValue } from "@/lib/kernel/json";
import { qualityWords } from "./evaluator-words";

/** The case as the evaluator had it, and nothing of what the evaluator said. */
export function RulingCaseCard({ shown }: { shown: RulingCase }) {
  const { input, context, output, prompt, quality, summary, subject, decision_id: id } = shown;
  return (
    <Card aria-labelledby="case-title">
      <CardHeader
        id="case-title"
        title={summary ?? "A case"}
        description={
          id === null ? (
            <UntrustedInline text={subject ?? ""} />
          ) : (
            <Link href={`/decisions/${id}`} prefetch={false} className="underline">
              Its decision …{id.slice(-6)}
            </Link>
          )
        }
        actions={<Badge>{qualityWords[quality]}</Badge>}
      />
      <CardBody className="flex flex-col gap-4">
        {output === null ? (
          <p className="text-sm text-muted-foreground">
            An item of a benchmark: only its name is known here. Look it up there before you rule.
          </p>
        ) : (
          <>
            <div>
              <h3 className="mb-1 text-xs font-semibold">What came out</h3>
              <p className="text-sm">
                <Badge tone={output.predicted === "positive" ? "approved" : "declined"}>
                  {output.predicted === "positive" ? "Would act" : "Would not act"}
                </Badge>
              </p>
            </div>
            <JsonPart title="Arguments" value={output.arguments} />
            {output.rationale === "" ? null : <TextPart title="Rationale" text={output.rationale} />}
            {prompt === null ? null : <TextPart title="Prompt" text={prompt} />}
            {context === null ? null : <JsonPart title="Context" value={context} />}
            <JsonPart title="Input" value={input} />
          </>
        )}
      </CardBody>
    </Card>
  );
}

function JsonPart({ title, value }: { title: string; value: JsonValue }) {
  return (
    <div className="min-w-0">
      <h3 className="mb-1 text-xs font-semibold">{title}</h3>
      <JsonView value={value} openTo={3} />
    </div>
  );
}

function TextPart({ title, text }: { title: string; text: string }) {
  return (
    <div className="min-w-0">
      <h3 className="mb-1 text-xs font-semibold">{title}</h3>
      <UntrustedText text={text} cap={4000} className="text-sm" />
    </div>
  );
}
