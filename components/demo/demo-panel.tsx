import { ArrowRight, ExternalLink } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Card, CardBody } from "@/components/ui/card";
import type { Role } from "@/lib/identity/schema";

type Props = {
  role: Role;
  billingUrl: string | undefined;
  /** Where Mail guard's model is trained anew; undefined where the demo's app is gone. */
  learningHref: string | undefined;
  controls: ReactNode;
};

/** What is going on in the demo, and the shortest way to take part in it. */
export function DemoPanel({ role, billingUrl, learningHref, controls }: Props) {
  return (
    <Card aria-labelledby="demo" className="overflow-hidden">
      <CardBody className="grid gap-x-8 gap-y-5 p-4 lg:grid-cols-2">
        <div className="flex flex-col gap-3">
          <h2 id="demo" className="text-base font-semibold">
            A demo is running
          </h2>
          <p className="max-w-prose text-sm text-muted-foreground">
            <strong className="font-semibold text-foreground">Mail guard</strong> reads real e-mail from a
            public corpus and decides which messages to quarantine, with a classifier trained on this machine.{" "}
            <strong className="font-semibold text-foreground">Refund desk</strong> decides refunds on a
            reference billing system, from requests that are generated.
          </p>
          {controls}
        </div>
        <div className="flex flex-col gap-3">
          <h2 className="text-base font-semibold">Try it, in a minute</h2>
          <ol className="flex flex-col">
            <Step
              n={1}
              href={
                role === "reviewer"
                  ? "/inbox?tab=unclaimed&app=refund-desk"
                  : "/decisions?app=refund-desk&status=in_review"
              }
              title="Rule on a refund"
            >
              {role === "reviewer" ? "One key approves: A." : "As the reviewer: one key approves, A."}
            </Step>
            <Step
              n={2}
              href={billingUrl ?? "/executions?show=all"}
              title="See it on the invoice"
              external={billingUrl !== undefined}
            >
              Carried out at most once, with its reference.
            </Step>
            <Step n={3} href="/evaluation" title="See the dashboards move">
              Override rate, error and calibration follow your ruling.
            </Step>
            {learningHref === undefined || role === "reviewer" ? null : (
              <Step n={4} href={learningHref} title="Teach Mail guard, in five minutes">
                {role === "admin"
                  ? "Train it on what people said; the other admin signs, and its error falls."
                  : "As an admin: train it on what people said; the other admin signs, and its error falls."}
              </Step>
            )}
          </ol>
        </div>
      </CardBody>
    </Card>
  );
}

type StepProps = { n: number; href: string; title: string; external?: boolean; children: ReactNode };

function Step({ n, href, title, external, children }: StepProps) {
  const Icon = external ? ExternalLink : ArrowRight;
  const content = (
    <>
      <span
        aria-hidden
        className="inline-flex size-6 shrink-0 items-center justify-center rounded-full bg-primary-soft text-xs font-semibold text-primary-text"
      >
        {n}
      </span>
      <span className="flex min-w-0 grow flex-col">
        <span className="text-sm font-semibold">{title}</span>
        <span className="text-xs text-muted-foreground">{children}</span>
      </span>
      <Icon aria-hidden className="size-4 shrink-0 text-subtle-foreground" />
    </>
  );
  const look = "-mx-2 flex items-center gap-3 rounded-control px-2 py-2 hover:bg-surface-2";
  return (
    <li>
      {external ? (
        <a href={href} target="_blank" rel="noreferrer" className={look}>
          {content}
          <span className="sr-only">(opens in a new tab)</span>
        </a>
      ) : (
        <Link href={href} prefetch={false} className={look}>
          {content}
        </Link>
      )}
    </li>
  );
}
