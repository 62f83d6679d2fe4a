import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";

type Props = {
  icon: LucideIcon;
  /** The figure, or a short word such as “All clear”. */
  figure: ReactNode;
  /** What is counted, as a sentence goes on after the figure. */
  title: string;
  detail: ReactNode;
  action: { href: string; label: string };
  /** Something waits: the action is the page's main one. */
  urgent: boolean;
};

/** What needs this person now: a figure, why it matters, one button. */
export function Need({ icon: Icon, figure, title, detail, action, urgent }: Props) {
  return (
    <Card className="flex flex-wrap items-center gap-x-4 gap-y-3 p-4">
      <span
        className={`inline-flex size-10 shrink-0 items-center justify-center rounded-full ${urgent ? "bg-review-soft text-review-text" : "bg-approved-soft text-approved-text"}`}
      >
        <Icon aria-hidden className="size-5" />
      </span>
      <div className="min-w-0 grow basis-48">
        <h2 className="text-md font-semibold">
          <span className="tabular-nums">{figure}</span> {title}
        </h2>
        <p className="text-sm text-muted-foreground">{detail}</p>
      </div>
      <ButtonLink
        href={action.href}
        prefetch={false}
        variant={urgent ? "primary" : "secondary"}
        className="max-sm:w-full"
      >
        {action.label}
      </ButtonLink>
    </Card>
  );
}
