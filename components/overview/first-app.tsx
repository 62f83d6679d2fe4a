import Link from "next/link";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";

/** Before there is an app: what to do, and what the first request will look like. */
export function FirstApp({ origin, mayCreate }: { origin: string; mayCreate: boolean }) {
  const curl = `curl ${origin}/api/v1/decisions -H "Authorization: Bearer $KEY" -H "Idempotency-Key: first" \\
  -H "Content-Type: application/json" -d '{"type":"refund.issue","confidence":0.83,
  "input":{"message":"I was charged twice"},"proposal":{"arguments":{"invoice":"INV-1","amount":1800,"currency":"EUR"}}}'`;
  return (
    <Card>
      <CardHeader
        title="Connect your first app"
        description="Create the app and a decision type, make a key, and submit a decision."
        actions={
          mayCreate ? (
            <ButtonLink href="/apps" variant="primary">
              Create app
            </ButtonLink>
          ) : undefined
        }
      />
      <CardBody className="flex flex-col gap-3">
        <CodeBlock code={curl} label="First decision" />
        <p className="text-sm text-muted-foreground">
          {mayCreate
            ? "Everything the API can do is in the "
            : "An admin creates apps. Everything the API can do is in the "}
          <Link href="/docs/api" className="text-primary-text underline">
            API reference
          </Link>
          .
        </p>
      </CardBody>
    </Card>
  );
}
