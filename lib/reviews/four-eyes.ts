import type { Given } from "./quorum";

/** What is looked at before a person's approval counts; people are named as in the journal (`user:<id>`). */
export type FourEyesFacts = {
  submitted_by: string;
  /** Whom the app says it asked for (`metadata.on_behalf_of`): an id, `user:<id>` or an e-mail address. */
  on_behalf_of: string | null;
  excluded: readonly string[];
  /** Words on it that still stand. */
  given: readonly Given[];
  /** Who changed what it was routed or would be carried out by, within the last 24 hours. */
  changed: readonly { by: string; what: "connector" | "policy" }[];
};

export type Ruler = {
  id: string;
  email: string;
  /** Whose authority they hold at the moment. */ lenders: readonly string[];
};

export const refusalCodes = [
  "own_proposal",
  "own_edit",
  "excluded_person",
  "recent_change",
  "already_approved",
  "not_named",
  "lacks_skill",
  "not_a_member",
] as const;
export type RefusalCode = (typeof refusalCodes)[number];
/** Which rule stands against somebody, in words for them, and whom to ask. */
export type Refusal = { code: RefusalCode; message: string };

/**
 * The first rule of four eyes that stands against an approval by this person, or null. Whoever holds somebody's
 * authority is held to what that person did too: standing in for the requester is no way round.
 */
export function refusalOf(facts: FourEyesFacts, ruler: Ruler): Refusal | null {
  const own = `user:${ruler.id}`;
  for (const who of [own, ...ruler.lenders.map((id) => `user:${id}`)]) {
    const refusal = against(facts, who, who === own ? ruler : null);
    if (refusal) return refusal;
  }
  if (facts.given.some((word) => word.verdict === "approve" && isUsedBy(word, own))) {
    return refuse(
      "already_approved",
      "Your approval is on it already; another person has to give the next one",
    );
  }
  return null;
}

/** True when an approval used this person's word: given by them, or in their place. */
export function isUsedBy(word: Given, who: string): boolean {
  return word.actor === who || word.on_behalf_of === who;
}

function against(facts: FourEyesFacts, who: string, self: Ruler | null): Refusal | null {
  const you = self ? "You" : "You stand in for somebody who";
  if (facts.submitted_by === who || isNamed(facts.on_behalf_of, who, self)) {
    return refuse(
      "own_proposal",
      `${you} ${self ? "proposed" : "proposed"} this; somebody else has to approve it`,
    );
  }
  if (facts.given.some(({ verdict, actor }) => verdict === "edit" && actor === who)) {
    return refuse("own_edit", `${you} changed what is to be approved; somebody else has to approve it`);
  }
  if (facts.excluded.includes(who)) return excludedRefusal(self !== null);
  const change = facts.changed.find(({ by }) => by === who || `user:${by}` === who);
  if (!change) return null;
  const what =
    change.what === "connector" ? "the connector that would carry it out" : "a rule that sent it here";
  return refuse(
    "recent_change",
    `${you} changed ${what} in the last 24 hours; somebody else has to approve it`,
  );
}

/** The refusal of whoever may not rule at all, whatever the verdict. */
export function excludedRefusal(isSelf = true): Refusal {
  return refuse(
    "excluded_person",
    isSelf
      ? "You are kept from ruling on this; it is for somebody else"
      : "You stand in for somebody who is kept from ruling on this; it is for somebody else",
  );
}

export function refuse(code: RefusalCode, message: string): Refusal {
  return { code, message };
}

function isNamed(named: string | null, who: string, self: Ruler | null): boolean {
  if (named === null) return false;
  const name = named.trim();
  return (
    name === who ||
    `user:${name}` === who ||
    (self !== null && name.toLowerCase() === self.email.toLowerCase())
  );
}
