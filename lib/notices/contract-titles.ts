import type { JsonObject, JsonValue } from "@/lib/kernel/json";

const titles = new Map([
  ["proposed", "Second signature wanted"],
  ["certified", "A threshold is certified"],
  ["promoted", "Runs alone now"],
  ["expanded", "More runs alone now"],
  ["rolled_back", "Rolled back"],
  ["terms", "New terms"],
  ["signed", "New terms"],
  ["archived", "Contract archived"],
  ["proposal_declined", "Your proposal was declined"],
]);

/** What an event of a contract is called in the bell; undefined for what nobody is told. */
export function contractTitle(type: string, { did, was }: JsonObject): string | undefined {
  if (type === "contract.stepped_down")
    return ranAlone(was) ? "Autonomy was taken back" : "Evidence starts anew";
  return typeof did === "string" ? titles.get(did) : undefined;
}

// Where nothing is said of before, the worse is told.
function ranAlone(was: JsonValue | undefined): boolean {
  if (typeof was !== "object" || was === null || Array.isArray(was)) return true;
  return was["level"] === "auto";
}
