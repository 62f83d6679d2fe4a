import { ExternalLink } from "lucide-react";
import { UntrustedInline } from "@/components/ui/untrusted-text";

/** A link that says where it leads. It is followed by a person or not at all. */
export function HostLink({ href, host }: { href: string; host: string }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer noopener nofollow external"
      title={href}
      className="inline-flex min-h-6 max-w-full items-center gap-1 text-sm text-primary-text underline decoration-border-strong underline-offset-4 hover:decoration-current"
    >
      <ExternalLink aria-hidden className="size-3.5 shrink-0" />
      <UntrustedInline text={host} className="truncate" />
      <span className="sr-only">(opens another site)</span>
    </a>
  );
}
