import type { Metadata } from "next";
import Link from "next/link";
import { DocsFrame } from "@/components/docs/docs-frame";
import { Ticked } from "@/components/docs/operation";
import { DocsHeader, DocsSection } from "@/components/docs/prose";
import { CodeBlock } from "@/components/ui/code-block";
import { origin } from "@/lib/server/origin";
import { docsLinks, groups } from "../reference";
import { quickStart } from "./quick-start";

export const metadata: Metadata = { title: "API" };

const conventions = [
  {
    id: "authentication",
    title: "Authentication",
    text: "Send `Authorization: Bearer` with an app’s key (`sk_…`) or a person’s own token (`pat_…`). A key belongs to one app and carries scopes: `decisions:write`, `decisions:read`, `decisions:cancel`, `feedback:write`. A key can never rule on a review: only a person can.",
  },
  {
    id: "idempotency",
    title: "Idempotency",
    text: "Every decision needs an `Idempotency-Key` header or an `external_id`, so that a retry cannot act twice. The same key with the same body answers with the same decision and `Idempotent-Replayed: true`; with another body it is refused with `idempotency_key_reused`. Sending again after a lost answer is always safe.",
  },
  {
    id: "waiting",
    title: "Waiting for a final state",
    text: "The answer to a submission names the route. `Prefer: wait=30` holds it for up to 30 seconds until the decision is final: declined, recorded, or approved and carried out. `GET …/wait` does the same later. A decision that a person has to rule on may take longer than any wait.",
  },
  {
    id: "pagination",
    title: "Pagination",
    text: 'Lists answer `{ object: "list", url, has_more, data }`, newest first. Take the next page with `starting_after` and the last id you have, the one before with `ending_before`; `limit` is 1 to 100, 25 unless told. Pages do not shift when new rows arrive.',
  },
  {
    id: "values",
    title: "Values",
    text: "JSON in UTF-8, names in `snake_case`, times in UTC (RFC 3339), money as integer minor units with an ISO 4217 currency. Ids carry a prefix and sort by time. Ignore fields you do not know; new ones may appear.",
  },
];

export default function ApiPage() {
  return (
    <DocsFrame links={docsLinks("/docs/api")}>
      <DocsHeader title="Countersign API">
        Apps submit decisions with a confidence. Countersign runs what has earned it, asks people about the
        rest, acts at most once, and learns from what turns out.
      </DocsHeader>
      <DocsSection id="quick-start" title="Quick start">
        <p>An admin makes the key under Apps. Then three calls are the whole story:</p>
        {quickStart(origin()).map(({ title, code }) => (
          <CodeBlock key={title} label={title} code={code} />
        ))}
      </DocsSection>
      {conventions.map(({ id, title, text }) => (
        <DocsSection key={id} id={id} title={title}>
          <p className="text-muted-foreground">
            <Ticked text={text} />
          </p>
        </DocsSection>
      ))}
      <DocsSection id="errors" title="Errors">
        <p className="text-muted-foreground">
          Every failure is <code className="font-mono text-xs">application/problem+json</code> (RFC 9457) with
          a stable code, a request id, and a pointer to each field that is wrong.{" "}
          <Link href="/docs/errors" className="text-primary-text underline">
            All codes, and what to do about each
          </Link>
          .
        </p>
      </DocsSection>
      <DocsSection id="reference" title="Reference">
        <ul className="grid gap-2 sm:grid-cols-2">
          {groups().map(({ slug, name, description, operations }) => (
            <li key={slug} className="relative rounded-card border bg-card p-3 hover:bg-surface-2">
              <Link
                href={`/docs/api/${slug}`}
                prefetch={false}
                className="text-sm font-semibold after:absolute after:inset-0"
              >
                {name}
              </Link>
              <span className="ms-2 text-xs text-muted-foreground">{operations.length}</span>
              <p className="text-sm text-muted-foreground">{description}</p>
            </li>
          ))}
        </ul>
      </DocsSection>
    </DocsFrame>
  );
}
