import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

/** What was refused, at the top of a form; the region is always there, so that it is announced. */
export function FormError({ children }: { children?: ReactNode }) {
  return (
    <div aria-live="assertive" className="empty:hidden">
      {children ? (
        <p className="flex items-start gap-2 rounded-control bg-declined-soft px-3 py-2 text-sm text-declined-text">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>{children}</span>
        </p>
      ) : null}
    </div>
  );
}
