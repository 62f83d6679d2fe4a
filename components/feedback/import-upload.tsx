"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import { importLimits } from "@/lib/feedback/imports";
import { importColumns } from "@/lib/feedback/import-columns";
import type { ImportKind } from "@/lib/feedback/imports";
import { formatOf, importsKey, sendImport } from "@/lib/feedback/client";
import { kindWords, rowsWords } from "./import-words";

type Props = { apps: { id: string; name: string }[] };

const waits = [
  [0, "Not at all"],
  [1, "1 day"],
  [7, "7 days"],
  [30, "30 days"],
  [90, "90 days"],
] as const;
const megabytes = importLimits.bytes / 1024 / 1024;

/** Sends a file of feedback or outcomes; the list beside it follows what becomes of it. */
export function ImportUpload({ apps }: Props) {
  const [kind, setKind] = useState<ImportKind>("feedback");
  const [file, setFile] = useState<File>();
  const [refused, setRefused] = useState<string>();
  const client = useQueryClient();
  const { toast } = useToast();
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ chosen, form }: { chosen: File; form: FormData }) => start(kind, chosen, form),
    onSuccess: ({ rows }) => toast({ title: `${rowsWords(rows)} received`, tone: "success" }),
    onSettled: () => client.invalidateQueries({ queryKey: importsKey }),
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const problem = problemOf(file);
    setRefused(problem);
    if (file && !problem) mutate({ chosen: file, form: new FormData(event.currentTarget) });
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4 rounded-card border bg-card p-4">
      <FormError>{error?.message}</FormError>
      <div className="grid gap-4 md:grid-cols-2">
        <Field label="What the rows are">
          <Select value={kind} onChange={(event) => setKind(event.target.value as ImportKind)}>
            {Object.entries(kindWords).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="App" hint="Of every row; otherwise rows name theirs.">
          <Select name="app">
            <option value="">Any</option>
            {apps.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          label="File"
          hint={`CSV or JSONL, up to ${megabytes} MB and ${rowsWords(importLimits.rows)}.`}
          error={refused}
          required
        >
          <Input
            type="file"
            accept=".csv,.jsonl,.ndjson,text/csv,application/x-ndjson"
            onChange={(event) => {
              setFile(event.target.files?.[0]);
              setRefused(undefined);
            }}
            className="h-auto py-2 file:me-3 file:rounded-sm file:border-0 file:bg-surface-3 file:px-2 file:py-1 file:text-foreground"
          />
        </Field>
        <Field label="Look for late decisions" hint="Rows that match none yet are looked for so long.">
          <Select name="days" defaultValue="0">
            {waits.map(([days, words]) => (
              <option key={days} value={days}>
                {words}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Columns kind={kind} />
      <Button type="submit" variant="primary" className="w-fit" pending={isPending}>
        <Upload aria-hidden /> Import
      </Button>
    </form>
  );
}

function Columns({ kind }: { kind: ImportKind }) {
  return (
    <details className="text-sm">
      <summary className="flex min-h-6 w-fit cursor-pointer items-center text-primary-text">
        Columns of such a file
      </summary>
      <p className="mt-2 text-muted-foreground">
        The first line names the columns. A row says its decision by <code>decision_id</code>, by{" "}
        <code>external_id</code>, or by <code>subject_type</code> and <code>subject_id</code>, where{" "}
        <code>from</code> and <code>to</code> narrow when it was decided. A row that several decisions could
        be meant by is reported, never guessed. The same file again changes nothing.
      </p>
      <p className="mt-2 font-mono text-xs wrap-anywhere">{Object.keys(importColumns[kind]).join(", ")}</p>
    </details>
  );
}

function problemOf(file: File | undefined): string | undefined {
  if (!file) return "Choose a file";
  if (!formatOf(file.name)) return "Choose a .csv, .jsonl or .ndjson file";
  return file.size > importLimits.bytes ? `A file may have ${megabytes} MB at most` : undefined;
}

function start(kind: ImportKind, file: File, form: FormData) {
  const app = form.get("app");
  const days = Number(form.get("days") ?? 0);
  return sendImport(file, formatOf(file.name) ?? "csv", {
    kind,
    name: file.name.slice(0, 200),
    ...(typeof app === "string" && app !== "" ? { app } : {}),
    ...(days > 0 ? { wait_until: new Date(Date.now() + days * 86_400_000).toISOString() } : {}),
  });
}
