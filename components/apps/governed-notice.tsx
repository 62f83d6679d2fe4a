import { FileSignature } from "lucide-react";
import Link from "next/link";
import type { AutonomyView } from "@/lib/apps/views";

type Props = { autonomy: Pick<AutonomyView, "app_id" | "contracts"> };

/** Says where contracts govern in place of what is set here. */
export function GovernedNotice({ autonomy: { app_id, contracts } }: Props) {
  if (contracts.length === 0) return null;
  const kinds = new Set(contracts.map(({ predicted }) => predicted));
  const what =
    kinds.size === 2
      ? "proposals to act and proposals to leave things as they are"
      : kinds.has("positive")
        ? "proposals to act"
        : "proposals to leave things as they are";
  const [first] = contracts;
  const href =
    contracts.length === 1 && first ? `/apps/${app_id}/contracts/${first.id}` : `/apps/${app_id}/contracts`;
  return (
    <p className="flex items-start gap-2 rounded-control bg-primary-soft px-3 py-2 text-sm">
      <FileSignature aria-hidden className="mt-0.5 size-4 shrink-0 text-primary-text" />
      <span>
        For {what},{" "}
        <Link href={href} prefetch={false} className="font-semibold text-primary-text underline">
          {contracts.length === 1 ? "an autonomy contract" : `${contracts.length} autonomy contracts`}
        </Link>{" "}
        {contracts.length === 1 ? "governs" : "govern"}: level, threshold and audit rate below do not count
        for them. Times and the amount cap still do.
      </span>
    </p>
  );
}
