"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { OperationPicker } from "@/components/apps/operation-picker";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import type { OpenApiImportView } from "@/lib/apps/import-openapi";

type Source = { document?: string; url?: string };
type Input = Source & { connector: string; operations?: string[]; sha256?: string };

type Props = {
  connector: { id: string; name: string };
  read: (input: Input) => Promise<Answer<OpenApiImportView>>;
};

/** Takes an OpenAPI document, shows what it can bring, and adds what is picked as actions. */
export function OpenApiImport({ connector, read }: Props) {
  const [seen, setSeen] = useState<{ source: Source; found: OpenApiImportView }>();
  const { submit, pending, fieldError, formError } = useSubmit(read);
  const { toast } = useToast();
  const router = useRouter();

  async function look(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const url = formText(form, "url").trim();
    const source = url === "" ? { document: formText(form, "document") } : { url };
    const found = await submit({ connector: connector.id, ...source });
    setSeen(found && { source, found });
  }

  async function add(operations: string[]) {
    if (!seen) return;
    const { source, found } = seen;
    const done = await submit({ connector: connector.id, ...source, operations, sha256: found.sha256 });
    if (!done) return;
    toast({
      title: `Added ${done.added.length} ${done.added.length === 1 ? "action" : "actions"}`,
      tone: "success",
    });
    router.push(`/settings/connectors/${connector.id}`);
    router.refresh();
  }

  return (
    <>
      <form method="post" noValidate onSubmit={(event) => void look(event)}>
        <Card aria-labelledby="document-title">
          <CardHeader
            id="document-title"
            title="The document"
            description="OpenAPI 3.0 to 3.2, as JSON or YAML. Nothing it refers to outside of itself is fetched."
          />
          <CardBody className="flex flex-col gap-4">
            <FormError>{seen ? undefined : formError}</FormError>
            <Field label="Address" hint="Read without any credential." error={fieldError("url")}>
              <Input name="url" type="url" className="font-mono" autoComplete="off" />
            </Field>
            <Field label="Or the document itself" error={fieldError("document")}>
              <Textarea name="document" spellCheck={false} className="min-h-40 font-mono text-xs" />
            </Field>
            <Button
              type="submit"
              variant={seen ? "secondary" : "primary"}
              pending={pending}
              className="self-start"
            >
              Read the document
            </Button>
          </CardBody>
        </Card>
      </form>
      {seen ? (
        <OperationPicker
          key={seen.found.sha256}
          found={seen.found}
          connectorName={connector.name}
          pending={pending}
          error={formError ?? fieldError("operations") ?? fieldError("key")}
          onAdd={(keys) => void add(keys)}
        />
      ) : null}
    </>
  );
}
