import { LinkSelect } from "@/components/ui/link-select";
import { LinkTabs } from "@/components/ui/tabs";

type Props = {
  appId: string;
  types: readonly { key: string; name: string }[];
  type: string | undefined;
  current: "training" | "files" | "fine-tuning";
};

const pages = [
  { id: "training", path: "", label: "Training" },
  { id: "files", path: "/files", label: "Training files" },
  { id: "fine-tuning", path: "/fine-tuning", label: "Fine-tuning" },
] as const;

/** The pages of learning, and a choice among the decision types of the app where it has several. */
export function LearningTabs({ appId, types, type, current }: Props) {
  const here = `/apps/${appId}/learning`;
  const query = (key: string | undefined) => (key === undefined ? "" : `?type=${encodeURIComponent(key)}`);
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
      <div className="min-w-0 grow">
        <LinkTabs
          label="Pages of learning"
          tabs={pages.map(({ id, path, label }) => ({
            href: `${here}${path}${query(type)}`,
            label,
            current: id === current,
          }))}
        />
      </div>
      {types.length > 1 ? (
        <LinkSelect
          label="Decision type"
          options={types.map(({ key, name }) => ({
            href: `${here}${pages.find(({ id }) => id === current)?.path ?? ""}${query(key)}`,
            label: name,
            current: key === type,
          }))}
        />
      ) : null}
    </div>
  );
}
