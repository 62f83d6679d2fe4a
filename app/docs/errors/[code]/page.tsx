import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { DocsFrame } from "@/components/docs/docs-frame";
import { DocsHeader } from "@/components/docs/prose";
import { problems, type ProblemCode } from "@/lib/kernel/problems";
import { docsLinks } from "../../reference";

type Props = { params: Promise<{ code: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${(await params).code} · Errors` };
}

export default async function ErrorPage({ params }: Props) {
  const { code } = await params;
  if (!isCode(code)) notFound();
  const [title, fix] = problems[code];
  return (
    <DocsFrame links={docsLinks(`/docs/errors/${code}`)}>
      <DocsHeader title={title}>
        <code className="font-mono text-xs">{code}</code>
      </DocsHeader>
      <section aria-labelledby="fix" className="flex max-w-prose flex-col gap-2">
        <h2 id="fix" className="text-md font-semibold">
          What to do
        </h2>
        <p className="text-base">{fix}</p>
        <p className="text-base text-muted-foreground">
          The answer’s <code className="font-mono text-xs">detail</code> says what it was about this time, its{" "}
          <code className="font-mono text-xs">errors</code> where. Quote the{" "}
          <code className="font-mono text-xs">request_id</code> when you ask somebody.
        </p>
      </section>
      <Link href="/docs/errors" className="w-fit text-sm text-primary-text underline">
        All codes
      </Link>
    </DocsFrame>
  );
}

function isCode(code: string): code is ProblemCode {
  return Object.hasOwn(problems, code);
}
