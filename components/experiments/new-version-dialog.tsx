"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { NewDatasetVersion } from "@/lib/experiments/datasets";
import { newVersion, sourceKinds, splitPresets, uploadVersion, type VersionDraft } from "./version-draft";

type Sent = NewDatasetVersion & { datasetId: string };
type Props = { datasetId: string; add: (input: Sent) => Promise<Answer<{ id: string }>> };

const sourceWords = {
  filter: "Decisions by filter",
  decisions: "Decisions by id",
  file: "A file of your own",
};

/** The next version of a dataset: where its cases come from, and how they are split. */
export function NewVersionDialog({ datasetId, add }: Props) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [draft, setDraft] = useState<VersionDraft>(newVersion);
  const { submit, pending, formError } = useSubmit(async (asked: VersionDraft) => {
    const built = asked.kind === "file" ? await uploadVersion(datasetId, asked) : undefined;
    return built ?? add({ datasetId, ...versionOf(asked) });
  });
  const set = (part: Partial<VersionDraft>) => setDraft({ ...draft, ...part });
  async function send(event: FormEvent) {
    event.preventDefault();
    const made = await submit(draft);
    if (!made) return;
    setIsOpen(false);
    router.push(`/datasets/${datasetId}?version=${made.id}`);
    router.refresh();
  }
  return (
    <Dialog open={isOpen} onOpenChange={setIsOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">Add a version</Button>
      </DialogTrigger>
      <DialogContent title="Add a version" description="A version never changes once it is built.">
        <form onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
          <Field label="Cases from">
            <Select
              value={draft.kind}
              onChange={(event) =>
                set({ kind: sourceKinds.find((kind) => kind === event.target.value) ?? "filter" })
              }
            >
              {sourceKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {sourceWords[kind]}
                </option>
              ))}
            </Select>
          </Field>
          {draft.kind === "filter" ? <FilterFields draft={draft} set={set} /> : null}
          {draft.kind === "decisions" ? (
            <Field
              label="Ids of decisions"
              hint="One a line; those without a known truth are left out."
              required
            >
              <Textarea
                rows={5}
                required
                value={draft.ids}
                onChange={(event) => set({ ids: event.target.value })}
              />
            </Field>
          ) : null}
          {draft.kind === "file" ? (
            <Field
              label="File"
              hint="JSON Lines with input, truth, expected and subject, or CSV with a header; up to 16 MB."
              required
            >
              <Input
                type="file"
                required
                accept=".jsonl,.ndjson,.csv"
                onChange={(event) => set({ file: event.target.files?.[0] ?? null })}
              />
            </Field>
          ) : null}
          <Field
            label="Split"
            hint="All cases of one subject, and inputs that say the same, go to one split."
          >
            <Select value={draft.preset} onChange={(event) => set({ preset: event.target.value })}>
              {splitPresets.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="Seed" hint="The same seed puts the same subject into the same split.">
            <Input value={draft.seed} required onChange={(event) => set({ seed: event.target.value })} />
          </Field>
          <FormError>{formError}</FormError>
          <Button type="submit" variant="primary" pending={pending} className="self-end">
            Build it
          </Button>
        </form>
      </DialogContent>
    </Dialog>
  );
}

type FieldsProps = { draft: VersionDraft; set: (part: Partial<VersionDraft>) => void };

function FilterFields({ draft, set }: FieldsProps) {
  return (
    <>
      <p className="text-sm text-muted-foreground">
        Decisions of this app and type whose truth is known. Those still being judged are left out.
      </p>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="From">
          <Input type="date" value={draft.from} onChange={(event) => set({ from: event.target.value })} />
        </Field>
        <Field label="To, included">
          <Input type="date" value={draft.to} onChange={(event) => set({ to: event.target.value })} />
        </Field>
        <Field label="Truth known from">
          <Select value={draft.truthSource} onChange={(event) => set({ truthSource: event.target.value })}>
            <option value="">Anything</option>
            <option value="outcome">An outcome</option>
            <option value="audit">An audit</option>
            <option value="review">A review</option>
          </Select>
        </Field>
        <Field label="Route">
          <Select value={draft.route} onChange={(event) => set({ route: event.target.value })}>
            <option value="">Any</option>
            <option value="execute">Ran alone</option>
            <option value="review">Reviewed</option>
            <option value="decline">Ended alone</option>
            <option value="shadow">Shadow</option>
          </Select>
        </Field>
      </div>
    </>
  );
}

function versionOf(draft: VersionDraft): NewDatasetVersion {
  const split = splitPresets.find(({ id }) => id === draft.preset)?.split ?? splitPresets[0].split;
  if (draft.kind === "decisions") {
    const ids = draft.ids.split(/[\s,]+/).filter((id) => id !== "");
    return { source: { kind: "decisions", ids }, split, seed: draft.seed };
  }
  const { from, to, truthSource, route } = draft;
  const filter = {
    ...(from === "" ? {} : { from }),
    ...(to === "" ? {} : { to }),
    ...(isSource(truthSource) ? { truth_source: truthSource } : {}),
    ...(isRoute(route) ? { route } : {}),
  };
  return { source: { kind: "filter", filter }, split, seed: draft.seed };
}

const isSource = (text: string): text is "review" | "audit" | "outcome" =>
  ["review", "audit", "outcome"].includes(text);
const isRoute = (text: string): text is "execute" | "review" | "decline" | "shadow" =>
  ["execute", "review", "decline", "shadow"].includes(text);
