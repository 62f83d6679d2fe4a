import type { Metadata } from "next";
import Link from "next/link";
import { DocsFrame } from "@/components/docs/docs-frame";
import { DocsHeader, DocsSection } from "@/components/docs/prose";
import { CodeBlock } from "@/components/ui/code-block";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { problems } from "@/lib/kernel/problems";
import { origin } from "@/lib/server/origin";
import { docsLinks } from "../reference";

export const metadata: Metadata = { title: "Errors" };

export default function ErrorsPage() {
  return (
    <DocsFrame links={docsLinks("/docs/errors")}>
      <DocsHeader title="Errors">
        Branch on code, never on the words. What is retryable says so; repeat it with the same key.
      </DocsHeader>
      <DocsSection id="shape" title="What a problem looks like">
        <CodeBlock label="application/problem+json" code={example()} />
      </DocsSection>
      <section aria-labelledby="codes" className="flex min-w-0 flex-col gap-3">
        <h2 id="codes" className="scroll-mt-16 text-md font-semibold">
          All codes
        </h2>
        <Table caption="Every problem code, and what to do">
          <TableHead>
            <tr>
              <TableHeading>Code</TableHeading>
              <TableHeading>What happened, and what to do</TableHeading>
            </tr>
          </TableHead>
          <tbody>
            {Object.entries(problems).map(([code, [title, fix]]) => (
              <TableRow key={code}>
                <TableCell className="align-top max-sm:block max-sm:border-b-0 max-sm:pb-0">
                  <Link
                    href={`/docs/errors/${code}`}
                    prefetch={false}
                    className="inline-flex min-h-6 items-center font-mono text-xs break-all text-primary-text underline"
                  >
                    {code}
                  </Link>
                </TableCell>
                <TableCell className="py-2 max-sm:block max-sm:pt-0">
                  <p className="font-semibold">{title}</p>
                  <p className="text-muted-foreground">{fix}</p>
                </TableCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      </section>
    </DocsFrame>
  );
}

function example(): string {
  return JSON.stringify(
    {
      type: `${origin()}/docs/errors/validation_failed`,
      title: problems.validation_failed[0],
      status: 422,
      detail: "/confidence: must be from 0 to 1",
      instance: "/api/v1/decisions",
      code: "validation_failed",
      request_id: "req_01jd…",
      retryable: false,
      errors: [{ pointer: "/confidence", code: "too_big", message: "must be from 0 to 1" }],
    },
    null,
    2,
  );
}
