"use client";

import { FileSearch } from "lucide-react";
import { useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { OpenApiImportView } from "@/lib/apps/import-openapi";

type Operation = OpenApiImportView["operations"][number];
type Props = {
  found: OpenApiImportView;
  connectorName: string;
  pending: boolean;
  error: string | undefined;
  onAdd: (keys: string[]) => void;
};

/** At most this many are shown at once; the filter finds the others. */
const mostShown = 100;

/** The operations of a document, to pick those that become actions. */
export function OperationPicker({ found, connectorName, pending, error, onAdd }: Props) {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [filter, setFilter] = useState("");
  const matching = found.operations.filter((operation) => holds(operation, filter));
  const count = picked.size;
  function toggle(key: string) {
    const next = new Set(picked);
    if (!next.delete(key)) next.add(key);
    setPicked(next);
  }
  return (
    <Card aria-labelledby="operations-title">
      <CardHeader
        id="operations-title"
        title={<UntrustedInline text={`${found.title} ${found.version}`} />}
        description={`Requests go to ${connectorName}'s own address, whatever the document says. Operations that only read are left out.`}
      />
      <CardBody className="flex flex-col gap-3">
        <FormError>{error}</FormError>
        {found.operations.length === 0 ? (
          <EmptyState title="Nothing to add" icon={FileSearch}>
            The document has no operation that changes something.
          </EmptyState>
        ) : null}
        {found.operations.length > 12 ? (
          <Field label="Find an operation">
            <Input type="search" value={filter} onChange={(event) => setFilter(event.target.value)} />
          </Field>
        ) : null}
        <ul className="flex flex-col divide-y">
          {matching.slice(0, mostShown).map((operation) => (
            <li key={operation.key} className="py-2">
              <OperationRow operation={operation} isPicked={picked.has(operation.key)} onToggle={toggle} />
            </li>
          ))}
        </ul>
        <p aria-live="polite" className="text-xs text-muted-foreground empty:hidden">
          {matching.length > mostShown ? `${matching.length - mostShown} more: find them by name.` : ""}
        </p>
      </CardBody>
      <CardFooter>
        <Button variant="primary" disabled={count === 0} pending={pending} onClick={() => onAdd([...picked])}>
          {count === 0 ? "Pick operations to add" : `Add ${count} ${count === 1 ? "action" : "actions"}`}
        </Button>
      </CardFooter>
    </Card>
  );
}

type RowProps = { operation: Operation; isPicked: boolean; onToggle: (key: string) => void };

function OperationRow({ operation, isPicked, onToggle }: RowProps) {
  const { key, name, method, path, problem, notes, exists } = operation;
  const said = [
    ...(problem === null ? [] : [problem]),
    ...(exists ? ["It is there already."] : []),
    ...notes,
  ];
  return (
    <Checkbox
      checked={isPicked}
      disabled={problem !== null || exists}
      onChange={() => onToggle(key)}
      label={
        <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <UntrustedInline text={name} />
          {problem === null ? null : <Badge tone="idle">not possible</Badge>}
        </span>
      }
      hint={
        <>
          <span className="block font-mono break-all">
            {method} <UntrustedInline text={path} />
          </span>
          {operation.arguments.length > 0 ? (
            <span className="block">
              Arguments: <UntrustedInline text={operation.arguments.join(", ")} />
            </span>
          ) : null}
          {said.map((note) => (
            <span key={note} className="block">
              <UntrustedInline text={note} />
            </span>
          ))}
        </>
      }
    />
  );
}

function holds({ name, path, key, method }: Operation, filter: string): boolean {
  const words = filter.toLowerCase().split(/\s+/);
  const text = `${name} ${method} ${path} ${key}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
