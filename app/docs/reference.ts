import type { DocsLink } from "@/components/docs/docs-frame";
import type { OperationText } from "@/components/docs/operation";
import { apiDocument } from "@/app/api/openapi.json/document";
import type { Operation, Parameter } from "@/lib/server/openapi/build-openapi";
import { curlOf, fetchOf, type Located } from "@/lib/server/openapi/example-request";
import { fieldsOf, type SchemaField } from "@/lib/server/openapi/schema-fields";
import { origin } from "@/lib/server/origin";

export type Group = { slug: string; name: string; description: string; operations: Located[] };

/** The API's operations by tag, read from the same document that /api/openapi.json serves. */
export function groups(): Group[] {
  const document = apiDocument();
  const located = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  return document.tags.map(({ name, description }) => ({
    slug: slugOf(name),
    name,
    description,
    operations: located.filter(({ operation }) => operation.tags.includes(name)),
  }));
}

const slugOf = (name: string) => name.toLowerCase().replaceAll(" ", "-");

/** An operation as its page shows it. */
export function operationText(located: Located): OperationText {
  const { method, path, operation } = located;
  const { operationId: id, summary, description, requestBody } = operation;
  const body = requestBody?.content["application/json"]?.schema;
  return {
    id,
    method,
    path,
    summary,
    description,
    parameters: (operation.parameters ?? []).map(parameterField),
    body: body ? fieldsOf(body) : [],
    bodyTypes: Object.keys(requestBody?.content ?? {}),
    answers: answersOf(operation),
    curl: curlOf(located, origin()),
    typescript: fetchOf(located, origin()),
  };
}

function parameterField({ name, in: place, required, description, schema }: Parameter): SchemaField {
  const [field] = fieldsOf({ properties: { [name]: schema }, required: required ? [name] : [] });
  if (!field) throw new Error(`the parameter ${name} has no schema`);
  return { ...field, type: `${place}, ${field.type}`, description: description ?? null };
}

type Response = {
  $ref?: string;
  description?: string;
  content?: Record<string, { schema: Record<string, unknown> }>;
};
const shared: Record<string, string> = {
  "401": "No key, or one that is wrong, expired or revoked",
  "403": "The scope or role does not allow this",
};

function answersOf({ responses }: Operation): OperationText["answers"] {
  return Object.entries(responses as Record<string, Response>)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([status, { description, content }]) => ({
      status,
      description: description ?? shared[status] ?? "",
      fields: status.startsWith("2") ? fieldsOf(content?.["application/json"]?.schema ?? {}) : [],
      problem: !status.startsWith("2"),
    }));
}

/** The documentation's contents; `current` is the page one is on, whose operations are listed. */
export function docsLinks(current: string): DocsLink[] {
  return [
    { href: "/docs/api", label: "Quick start", current: current === "/docs/api" },
    { href: "/docs/feedback", label: "Feedback from customers", current: current === "/docs/feedback" },
    ...groups().map(({ slug, name, operations }) => {
      const href = `/docs/api/${slug}`;
      const children = operations.map(({ operation }) => ({
        href: `${href}#${operation.operationId}`,
        label: operation.summary,
      }));
      return {
        href,
        label: name,
        current: current === href,
        children: current === href ? children : undefined,
      };
    }),
    { href: "/docs/errors", label: "Errors", current: current.startsWith("/docs/errors") },
  ];
}
