import Link from "next/link";
import { subjectPage } from "@/lib/decisions/subject-address";
import { UntrustedInline } from "@/components/ui/untrusted-text";

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
