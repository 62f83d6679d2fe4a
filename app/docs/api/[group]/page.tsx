import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DocsFrame } from "@/components/docs/docs-frame";
import { OperationSection } from "@/components/docs/operation";
import { DocsHeader } from "@/components/docs/prose";
import { docsLinks, groups, operationText } from "../../reference";

type Props = { params: Promise<{ group: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { group } = await params;
  return { title: `${groups().find(({ slug }) => slug === group)?.name ?? "Not found"} · API` };
}

export default async function GroupPage({ params }: Props) {
  const { group } = await params;
  const found = groups().find(({ slug }) => slug === group);
  if (!found) notFound();
  return (
    <DocsFrame links={docsLinks(`/docs/api/${found.slug}`)}>
      <DocsHeader title={found.name}>{found.description}</DocsHeader>
      {found.operations.map((located) => (
        <OperationSection key={located.operation.operationId} operation={operationText(located)} />
      ))}
    </DocsFrame>
  );
}
