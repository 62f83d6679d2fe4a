import { OctagonX } from "lucide-react";
import type { ReactNode } from "react";

type Props = {
  /** “Automation is stopped for all apps” */
  title: ReactNode;
  /** Who, when, why. */
  detail?: ReactNode;
  /** Resume, for those who may. */
  action?: ReactNode;
};

/** Says on every page that automation is stopped. */
export function StopBanner({ title, detail, action }: Props) {
  return (
    <section
      aria-label="Automation stopped"
      className="flex flex-wrap items-start gap-x-3 gap-y-2 border-b md:items-center border-declined/40 bg-declined-soft px-4 py-2 text-sm md:px-6"
    >
      <OctagonX aria-hidden className="mt-0.5 size-4 shrink-0 text-declined-text md:mt-0" />
      <div className="min-w-0 flex-1">
        <strong className="text-declined-text">{title}</strong>
        {detail ? <span className="ms-2">{detail}</span> : null}
      </div>
      {action}
    </section>
  );
}
