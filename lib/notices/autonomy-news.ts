import { contractTitle } from "./contract-titles";
import type { HeardEvent } from "./heard";
import { aboutOf, type Draft, everybody, once, userOf } from "./news-draft";

/** Of a model trained here, to the other admins: that it waits for a signature, and that it is in force. */
export function trained(event: HeardEvent): Draft | undefined {
  const { step, type } = event.data;
  if (!event.app || (step !== "proposed" && step !== "signed")) return undefined;
  return {
    ...once(event, "autonomy"),
    title: `${step === "proposed" ? "Second signature wanted, for a new model" : "A new model is in force"}: ${aboutOf(event)}`,
    body: step === "proposed" ? "Read how it measured beside the one in force, then sign or decline it." : "",
    href: `/apps/${event.app.id}/learning${typeof type === "string" ? `?type=${encodeURIComponent(type)}` : ""}`,
    may: everybody,
  };
}

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
