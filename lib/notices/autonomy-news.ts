import { contractTitle } from "./contract-titles";
import type { HeardEvent } from "./heard";
import { aboutOf, type Draft, everybody, once, userOf } from "./news-draft";

/** Of autonomy, with a contract or without: admins, of what they may have to sign and of what was given or taken back; of a refusal, whoever had proposed it. */
export function contracted(event: HeardEvent): Draft | undefined {
  const { did, why, proposed_by } = event.data;
  const title = contractTitle(event.type, event.data);
  if (!title || !event.app) return undefined;
  const proposer = userOf(proposed_by);
  return {
    ...once(event, "autonomy"),
    title: `${title}: ${aboutOf(event)}`,
    body: typeof why === "string" ? why : "",
    // Of what is set without a contract, the app's own page.
    href: `/apps/${event.app.id}${event.type.startsWith("contract.") ? `/contracts/${event.subject}` : ""}`,
    may: did === "proposal_declined" ? ({ id }) => id === proposer : everybody,
  };
}
