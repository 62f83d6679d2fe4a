import { linkOf } from "@/components/reviews/evidence-kind";
import { HostLink } from "@/components/reviews/host-link";

/** Where an app says that one can look at a subject, by its host; nothing where it gave no web address. */
export function SubjectSite({ url }: { url: string | null }) {
  const link = url === null ? undefined : linkOf(url);
  return link ? <HostLink href={link.href} host={link.host} /> : null;
}
