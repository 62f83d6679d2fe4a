import { Badge } from "@/components/ui/badge";
import { Card, CardBody } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import type { ModelView, TrainedModel } from "@/lib/models/catalogue";
import { EditModelDialog, type UpdateModelAction } from "./model-dialog";
import { costText, providerWords } from "./model-words";
import { TestModelButton, type TestModelAction } from "./test-model-button";

type Props = {
  model: ModelView;
  trained: readonly TrainedModel[];
  update?: UpdateModelAction;
  test?: TestModelAction;
};

/** One model: who answers, what it may see, what it costs, and whether it answers now. */
export function ModelCard({ model, trained, update, test }: Props) {
  const title = `model-${model.id}`;
  return (
    <Card aria-labelledby={title}>
      <div className="flex flex-wrap items-start justify-between gap-3 px-4 pt-3">
        <h3 id={title} className="flex flex-wrap items-center gap-2 text-base font-semibold">
          {model.name}
          {model.archived ? <Badge tone="idle">Archived</Badge> : null}
          {model.provider === "local" ? null : (
            <Badge tone={model.may_see_personal_data ? "escalated" : "approved"}>
              {model.may_see_personal_data ? "Sees personal data" : "Personal data masked"}
            </Badge>
          )}
        </h3>
        <div className="flex flex-wrap gap-2">
          {test && !model.archived && model.provider !== "local" ? (
            <TestModelButton model={model} test={test} />
          ) : null}
          {update ? (
            <EditModelDialog key={model.updated_at} model={model} trained={trained} update={update} />
          ) : null}
        </div>
      </div>
      <CardBody>
        <DefinitionList items={factsOf(model, trained)} />
      </CardBody>
    </Card>
  );
}

function factsOf(model: ModelView, trained: readonly TrainedModel[]) {
  const facts = [
    { term: "Key", detail: <code className="font-mono text-xs">{model.key}</code> },
    { term: "Answered by", detail: providerWords[model.provider] },
  ];
  if (model.provider === "local") {
    const own = trained.find(({ id }) => id === model.model);
    return [...facts, { term: "Model", detail: own ? `${own.app}, version ${own.version}` : model.model }];
  }
  return [
    ...facts,
    { term: "Model", detail: <code className="font-mono text-xs break-all">{model.model}</code> },
    ...(model.base_url === null ? [] : [{ term: "Address", detail: new URL(model.base_url).host }]),
    { term: "API key", detail: model.has_secret ? "Set, never shown" : "None" },
    { term: "A million tokens", detail: `${price(model, "input")} in, ${price(model, "output")} out` },
    {
      term: "Limits",
      detail: `${model.timeout_ms / 1000} s, ${model.max_retries} ${model.max_retries === 1 ? "repeat" : "repeats"}`,
    },
  ];
}

function price(model: ModelView, way: "input" | "output"): string {
  const micros = way === "input" ? model.input_price_micros : model.output_price_micros;
  return micros === null ? "not known" : costText(micros, model.currency);
}
