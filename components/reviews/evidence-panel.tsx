"use client";

import { useKeyOf } from "@/components/shell/keymap";
import { Button } from "@/components/ui/button";
import { JsonView } from "@/components/ui/json-view";
import { Time } from "@/components/ui/time";
import { UntrustedInline, UntrustedText } from "@/components/ui/untrusted-text";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { ReviewView } from "@/lib/reviews/schema";
import { evidenceOf, type ChatTurn, type Mail } from "./evidence-kind";

type Evidence = { decision: Pick<ReviewView["decision"], "input" | "context"> };
type Props = { review: Evidence; raw: boolean; onRaw: () => void };

/** What the app knew. All of it is hostile text: shown, never obeyed. */
export function EvidencePanel({ review, raw, onRaw }: Props) {
  const { input, context } = review.decision;
  const keyOf = useKeyOf();
  return (
    <div className="flex flex-col gap-5">
      <section aria-labelledby="evidence-input" className="flex flex-col gap-2">
        <div className="flex items-center justify-between gap-2">
          <h2 id="evidence-input" className="text-sm font-semibold">
            Input
          </h2>
          <Button variant="ghost" size="sm" shortcut={keyOf("raw")} aria-pressed={raw} onClick={onRaw}>
            Raw
          </Button>
        </div>
        <Shown value={input} raw={raw} />
      </section>
      {context && context.length > 0 ? (
        <section aria-labelledby="evidence-context" className="flex flex-col gap-2">
          <h2 id="evidence-context" className="text-sm font-semibold">
            Context
          </h2>
          <ul className="flex flex-col gap-3">
            {context.map((item) => (
              <li key={item.id} className="flex flex-col gap-1 rounded-card border p-3">
                <p className="text-xs text-muted-foreground">
                  <UntrustedInline text={item.title ?? item.id} className="font-semibold text-foreground" />
                  {item.source ? (
                    <>
                      {" · from "}
                      <UntrustedInline text={item.source} />
                    </>
                  ) : null}
                  {item.fetched_at ? (
                    <>
                      {" · fetched "}
                      <Time at={item.fetched_at} />
                    </>
                  ) : (
                    " · age unknown"
                  )}
                </p>
                {item.text === undefined ? null : <UntrustedText text={item.text} />}
                {item.data === undefined ? null : <Shown value={item.data} raw={raw} />}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}

function Shown({ value, raw }: { value: JsonValue; raw: boolean }) {
  if (raw) return <JsonView value={value} openTo={3} />;
  const evidence = evidenceOf(value);
  switch (evidence.kind) {
    case "mail":
      return <MailView mail={evidence.mail} />;
    case "chat":
      return <ChatView turns={evidence.turns} rest={evidence.rest} />;
    case "facts":
      return <Facts facts={evidence.facts} />;
    case "json":
      return typeof value === "string" ? (
        <UntrustedText text={value} />
      ) : (
        <JsonView value={value} openTo={3} />
      );
  }
}

function MailView({ mail }: { mail: Mail }) {
  const lines = [
    ["From", mail.from],
    ["To", mail.to],
    ["Date", mail.date],
    ["Subject", mail.subject],
  ] as const;
  return (
    <article className="flex flex-col overflow-hidden rounded-card border">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 border-b bg-surface-2 px-3 py-2 text-sm">
        {lines.map(([term, text]) =>
          text === undefined ? null : (
            <div key={term} className="contents">
              <dt className="text-muted-foreground">{term}</dt>
              <dd className={term === "Subject" ? "font-semibold" : undefined}>
                <UntrustedInline text={text} />
              </dd>
            </div>
          ),
        )}
      </dl>
      <UntrustedText text={mail.body} cap={6000} className="p-3" />
      <Rest rest={mail.rest} />
    </article>
  );
}

function ChatView({ turns, rest }: { turns: ChatTurn[]; rest: JsonObject }) {
  return (
    <div className="flex flex-col gap-2">
      <ol className="flex flex-col gap-2">
        {turns.map(({ role, text }, at) => (
          // A chat has no ids and never changes once submitted.
          <li
            key={at}
            className={`rounded-card border p-3 ${role === "user" ? "bg-surface" : "ms-4 bg-surface-2"}`}
          >
            <p className="text-xs font-semibold text-muted-foreground">
              <UntrustedInline text={role} />
            </p>
            <UntrustedText text={text} />
          </li>
        ))}
      </ol>
      <Rest rest={rest} />
    </div>
  );
}

function Facts({ facts }: { facts: [string, string | number | boolean | null][] }) {
  return (
    <dl className="flex flex-col gap-2">
      {facts.map(([key, value]) => (
        <div key={key}>
          <dt className="text-xs text-muted-foreground">
            <UntrustedInline text={key.replaceAll("_", " ")} />
          </dt>
          <dd>
            <UntrustedText text={String(value)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Rest({ rest }: { rest: JsonObject }) {
  if (Object.keys(rest).length === 0) return null;
  return <JsonView value={rest} openTo={1} className="border-t p-3" />;
}
