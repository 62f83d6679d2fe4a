"use client";

import { JsonView } from "@/components/ui/json-view";
import { utcTime } from "@/components/ui/time-text";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { CitedText } from "./cited-text";
import { evidenceOf, type ChatTurn, type Mail } from "./evidence-kind";
import { EvidenceTable } from "./evidence-table";
import { fieldWords } from "@/lib/kernel/field-words";
import { HostLink } from "./host-link";
import { readableOf } from "./readable";
import { ReadableValue } from "./readable-value";

type Props = {
  value: JsonValue;
  raw: boolean;
  /** What it belongs to: names its table. */
  name: string;
  hint?: string;
  quotes?: readonly string[];
};

/** A value of hostile data, as people know its kind; raw on demand. Nothing of it acts and nothing is fetched. */
export function EvidenceValue({ value, raw, name, hint, quotes = [] }: Props) {
  if (raw) return <JsonView value={value} openTo={3} />;
  const evidence = evidenceOf(value, hint);
  switch (evidence.kind) {
    case "text":
      return <CitedText text={evidence.text} quotes={quotes} />;
    case "mail":
      return <MailView mail={evidence.mail} quotes={quotes} />;
    case "chat":
      return <ChatView turns={evidence.turns} rest={evidence.rest} quotes={quotes} />;
    case "table":
      return <EvidenceTable name={name} columns={evidence.columns} rows={evidence.rows} />;
    case "image":
      return <Picture src={evidence.src} name={evidence.name} />;
    case "link":
      return <HostLink href={evidence.href} host={evidence.host} />;
    case "facts":
      return <Facts facts={evidence.facts} quotes={quotes} />;
    case "json":
      return <JsonView value={value} openTo={3} />;
  }
}

function Picture({ src, name }: { src: string; name: string | undefined }) {
  return (
    <figure className="flex flex-col gap-1">
      {/* It is inside the data: there is nothing for the framework to fetch or resize. */}
      {/* eslint-disable-next-line @next/next/no-img-element */}
      <img
        src={src}
        alt="Sent as evidence; nobody has described it"
        className="max-h-96 max-w-full self-start rounded-card border object-contain"
      />
      {name === undefined ? null : (
        <figcaption className="text-xs text-muted-foreground">
          <UntrustedInline text={name} />
        </figcaption>
      )}
    </figure>
  );
}

/** A moment of long ago says more by its date than by its distance; whatever else stands there is shown as it came. */
const momentWords = (text: string) =>
  readableOf(text)?.kind === "moment" ? utcTime(Date.parse(text)) : text;

type Quoted = { quotes: readonly string[] };

function MailView({ mail, quotes }: { mail: Mail } & Quoted) {
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
                <UntrustedInline text={term === "Date" ? momentWords(text) : text} />
              </dd>
            </div>
          ),
        )}
      </dl>
      <CitedText text={mail.body} quotes={quotes} cap={6000} className="p-3" />
      <Rest rest={mail.rest} />
    </article>
  );
}

function ChatView({ turns, rest, quotes }: { turns: ChatTurn[]; rest: JsonObject } & Quoted) {
  return (
    <div className="flex flex-col gap-2">
      <ol className="flex flex-col gap-2">
        {turns.map(({ role, text, at }, index) => (
          // A chat has no ids and never changes once submitted.
          <li
            key={index}
            className={`rounded-card border p-3 ${/^(user|customer|client)$/i.test(role) ? "bg-surface" : "ms-4 bg-surface-2"}`}
          >
            <p className="flex flex-wrap items-baseline justify-between gap-x-2 text-xs text-muted-foreground">
              <UntrustedInline text={role} className="font-semibold" />
              {at === undefined ? null : <ReadableValue value={at} />}
            </p>
            <CitedText text={text} quotes={quotes} />
          </li>
        ))}
      </ol>
      <Rest rest={rest} />
    </div>
  );
}

function Facts({ facts, quotes }: { facts: [string, JsonValue][] } & Quoted) {
  return (
    <dl className="flex flex-col gap-2">
      {facts.map(([key, value]) => (
        <div key={key}>
          <dt className="text-xs text-muted-foreground">
            <UntrustedInline text={fieldWords(key)} />
          </dt>
          <dd className="text-base">
            {typeof value === "string" && readableOf(value)?.kind === "text" ? (
              <CitedText text={value} quotes={quotes} />
            ) : (
              <ReadableValue value={value} />
            )}
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
