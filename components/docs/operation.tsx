import Link from "next/link";
import type { ReactNode } from "react";
import { Badge, type Tone } from "@/components/ui/badge";
import { CodeBlock } from "@/components/ui/code-block";
import { type SchemaField, SchemaTree } from "./schema-tree";

/** An operation, ready to be read. */
export type OperationText = {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  parameters: SchemaField[];
  body: SchemaField[];
  bodyTypes: string[];
  answers: { status: string; description: string; fields: SchemaField[]; problem: boolean }[];
  curl: string;
  typescript: string;
};

const tones: Record<string, Tone> = {
  GET: "accent",
  POST: "approved",
  PUT: "review",
  PATCH: "review",
  DELETE: "declined",
};

/** One operation: what it does, what it takes, what it answers, and how to run it. */
export function OperationSection({ operation }: { operation: OperationText }) {
  const { id, method, path, summary, description, parameters, body, bodyTypes, answers } = operation;
  return (
    <section aria-labelledby={id} className="grid gap-x-8 gap-y-4 border-t pt-8 xl:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-4">
        <header className="flex flex-col gap-2">
          <h2 id={id} className="scroll-mt-16 text-md font-semibold">
            {summary}
          </h2>
          <p className="flex flex-wrap items-center gap-2">
            <Badge tone={tones[method]}>{method}</Badge>
            <code className="font-mono text-sm break-all">{path}</code>
          </p>
          <p className="max-w-prose text-base text-muted-foreground">
            <Ticked text={description} />
          </p>
        </header>
        {parameters.length > 0 ? (
          <Part title="Parameters">
            <SchemaTree fields={parameters} />
          </Part>
        ) : null}
        {body.length > 0 ? (
          <Part title="Body" note={bodyTypes.join(", ")}>
            <SchemaTree fields={body} />
          </Part>
        ) : null}
        <Part title="Answers">
          <ul className="flex flex-col gap-2">
            {answers.map((answer) => (
              <Answer key={answer.status} answer={answer} />
            ))}
          </ul>
        </Part>
      </div>
      <div className="flex min-w-0 flex-col gap-3 xl:sticky xl:top-16 xl:self-start">
        <CodeBlock label={`curl: ${summary}`} code={operation.curl} />
        <details>
          <summary className="flex min-h-6 w-fit cursor-pointer items-center text-xs font-semibold text-primary-text">
            In TypeScript<span className="sr-only">: {summary}</span>
          </summary>
          <CodeBlock label={`TypeScript: ${summary}`} code={operation.typescript} className="mt-2" />
        </details>
      </div>
    </section>
  );
}

function Part({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-2">
      <h3 className="flex items-baseline gap-2 text-sm font-semibold">
        {title}
        {note ? <span className="text-xs font-normal text-muted-foreground">{note}</span> : null}
      </h3>
      {children}
    </div>
  );
}

function Answer({ answer }: { answer: OperationText["answers"][number] }) {
  const { status, description, fields, problem } = answer;
  return (
    <li className="flex flex-col gap-1 text-sm">
      <p className="flex flex-wrap items-baseline gap-2">
        <Badge tone={status.startsWith("2") ? "approved" : "idle"}>{status}</Badge>
        <span className="text-muted-foreground">{description}</span>
        {problem ? (
          <Link href="/docs/errors" className="text-xs text-primary-text underline">
            problem
          </Link>
        ) : null}
      </p>
      {fields.length > 0 ? (
        <details>
          <summary className="flex min-h-6 w-fit cursor-pointer items-center text-xs font-semibold text-primary-text">
            The {status} answer, field by field
          </summary>
          <div className="pt-2">
            <SchemaTree fields={fields} />
          </div>
        </details>
      ) : null}
    </li>
  );
}

/** Text of ours with `code` between backticks. */
export function Ticked({ text }: { text: string }) {
  return text.split("`").map((part, at) =>
    at % 2 === 1 ? (
      <code key={at} className="rounded-sm bg-surface-3 px-1 font-mono text-xs wrap-anywhere">
        {part}
      </code>
    ) : (
      part
    ),
  );
}
