import type { Answer } from "@/components/identity/use-submit";
import type { SplitShares } from "@/lib/experiments/datasets";

export const sourceKinds = ["filter", "decisions", "file"] as const;

export type VersionDraft = {
  kind: (typeof sourceKinds)[number];
  from: string;
  to: string;
  truthSource: string;
  route: string;
  ids: string;
  file: File | null;
  preset: string;
  seed: string;
};

type Preset = { id: string; label: string; split: SplitShares };

export const splitPresets: readonly [Preset, ...Preset[]] = [
  { id: "test", label: "All of it to test", split: { train: 0, validation: 0, test: 1 } },
  {
    id: "60-20-20",
    label: "60 % train, 20 % validation, 20 % test",
    split: { train: 0.6, validation: 0.2, test: 0.2 },
  },
  { id: "80-20", label: "80 % train, 20 % test", split: { train: 0.8, validation: 0, test: 0.2 } },
  { id: "train", label: "All of it to train", split: { train: 1, validation: 0, test: 0 } },
];

/** What the form begins with. */
export const newVersion: VersionDraft = {
  kind: "filter",
  from: "",
  to: "",
  truthSource: "",
  route: "",
  ids: "",
  file: null,
  preset: "test",
  seed: "1",
};

/** Sends a file as the next version, over the API: it may be larger than a form's message. */
export async function uploadVersion(datasetId: string, draft: VersionDraft): Promise<Answer<{ id: string }>> {
  const { file, preset, seed } = draft;
  if (!file) return refused("Choose a file.");
  const { split } = splitPresets.find(({ id }) => id === preset) ?? splitPresets[0];
  const query = new URLSearchParams({ seed });
  for (const [name, share] of Object.entries(split)) query.set(name, String(share));
  const response = await fetch(`/api/v1/datasets/${datasetId}/imports?${query.toString()}`, {
    method: "POST",
    headers: { "Content-Type": file.name.endsWith(".csv") ? "text/csv" : "application/x-ndjson" },
    body: file,
  });
  const body = (await response.json()) as { id?: string; detail?: string };
  return response.ok && body.id !== undefined
    ? { ok: true, data: { id: body.id } }
    : refused(body.detail ?? "The file could not be taken.");
}

function refused(message: string): Answer<never> {
  return { ok: false, error: { message, errors: [] } };
}
