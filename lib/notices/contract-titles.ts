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
export function contractTitle(type: string, did: unknown): string | undefined {
  if (type === "contract.stepped_down") return "Autonomy was taken back";
  return typeof did === "string" ? titles.get(did) : undefined;
}
