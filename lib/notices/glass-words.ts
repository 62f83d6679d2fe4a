import type { HeardEvent } from "./heard";

/** What whoever sets the rules is told when one is broken: of what, with the reason given, and the way to it. */
export function glassWords(about: string, { data, decisionId }: HeardEvent) {
  const { reason } = data;
  const why = typeof reason === "string" ? ` ${reason}` : "";
  return {
    title: `Glass broken: ${about}`,
    body: `Approved by one person alone; an audit of it is open.${why}`,
    href: decisionId === null ? "/audits" : `/decisions/${decisionId}`,
  };
}
