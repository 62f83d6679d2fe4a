import Link from "next/link";
import { SubjectSite } from "@/components/decisions/subject-site";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { subjectPage } from "@/lib/decisions/subject-address";

/** What a decision is about, linked to everything decided about it; as text alone where its id is masked. */
export function SubjectLink({ subject }: { subject: { type: string; id: string } }) {
  const href = subjectPage(subject);
  const text = <UntrustedInline text={`${subject.type} ${subject.id}`} />;
  if (href === null) return text;
  return (
    <Link href={href} prefetch={false} className="text-primary-text underline">
      {text}
    </Link>
  );
}

/** {@link SubjectLink}, and where its app says that one can look at it. */
export function SubjectDetail({ subject }: { subject: { type: string; id: string; url: string | null } }) {
  return (
    <span className="flex min-w-0 flex-col items-start gap-0.5">
      <SubjectLink subject={subject} />
      <SubjectSite url={subject.url} />
    </span>
  );
}
