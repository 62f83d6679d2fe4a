import type { PlanPreview, PlanSpec, Stratum } from "@/lib/audits/plans";
import type { PlanKind } from "@/lib/audits/plan-words";

/** A plan as its form holds it: texts as typed. Percentages are of the person, shares of the machine. */
export type PlanDraft = {
  name: string;
  kind: PlanKind;
  app: string;
  type: string;
  from: string;
  to: string;
  routes: PlanSpec["routes"];
  reasons: string;
  segment: string;
  /** Where confidence is cut: `0.5, 0.8, 0.95`. */
  cuts: string;
  byAction: boolean;
  /** Per cent, by stratum name. */
  rates: Record<string, string>;
  judges: number;
  rubric: string;
  margin: string;
  share: string;
};

export const newDraft: PlanDraft = {
  name: "",
  kind: "random",
  app: "",
  type: "",
  from: "",
  to: "",
  routes: ["execute", "decline"],
  reasons: "",
  segment: "",
  cuts: "0.9, 0.95, 0.99",
  byAction: true,
  rates: {},
  judges: 1,
  rubric: "",
  margin: "2",
  share: "5",
};

type Asked = Readonly<Record<string, string | string[] | undefined>>;

/**
 * The form as an address fills it in, such as the threshold page's: `name`, `app`, `type` (ids), `from`, `route` (one or
 * more), `cuts` (draws by confidence) and `rate` (per cent, of what lies above the last cut). What is not understood is left out.
 */
export function draftFrom(asked: Asked): PlanDraft {
  const text = (key: string) => [asked[key]].flat()[0]?.slice(0, 200) ?? "";
  const routes = newRoutes.filter((route) => [asked.route].flat().includes(route));
  const cuts = text("cuts");
  const rate = Number(text("rate"));
  const draft: PlanDraft = {
    ...newDraft,
    name: text("name"),
    app: text("app"),
    type: text("type"),
    from: /^\d{4}-\d{2}-\d{2}$/.test(text("from")) ? text("from") : "",
    routes: routes.length > 0 ? routes : newDraft.routes,
    ...(cutsOf(cuts)?.length ? { kind: "stratified", cuts, byAction: false } : {}),
  };
  if (!(rate > 0 && rate <= 100)) return draft;
  const made = specOf(draft);
  const last = made.ok ? made.spec.strata.at(-1)?.name : undefined;
  return last === undefined ? draft : { ...draft, rates: { [last]: String(rate) } };
}

const newRoutes: readonly PlanDraft["routes"][number][] = ["execute", "decline", "review"];

const defaultRate = "5";
const everything = "All";

/** The spec that a draft stands for, or the one thing that is wrong with it. */
export function specOf(draft: PlanDraft): { ok: true; spec: PlanSpec } | { ok: false; error: string } {
  const cuts = cutsOf(draft.cuts);
  if (draft.kind === "stratified" && cuts === undefined) {
    return { ok: false, error: "Cut confidence at rising numbers between 0 and 1, such as 0.5, 0.9." };
  }
  const strata = strataOf(draft, cuts ?? []);
  const wrong = strata.find(({ rate }) => !(rate > 0 && rate <= 1));
  if (wrong) return { ok: false, error: `The chance of “${wrong.name}” is above 0 and at most 100 %.` };
  if (draft.routes.length === 0) return { ok: false, error: "Choose at least one kind of decision." };
  if (draft.kind === "segment" && draft.segment.trim() === "") {
    return { ok: false, error: "Say which decisions: an expression such as decision.amount > 50000.0." };
  }
  const reasons = wordsOf(draft.reasons);
  if (draft.kind === "policy_hit" && reasons.length === 0) {
    return { ok: false, error: "Name at least one reason, such as over_cap." };
  }
  return {
    ok: true,
    spec: {
      ...(draft.app === "" ? {} : { app: draft.app }),
      ...(draft.type === "" ? {} : { type: draft.type }),
      ...(draft.from === "" ? {} : { from: `${draft.from}T00:00:00Z` }),
      ...(draft.to === "" ? {} : { to: `${draft.to}T00:00:00Z` }),
      routes: draft.routes,
      ...(draft.kind === "policy_hit" ? { reasons } : {}),
      ...(draft.kind === "segment" ? { segment: draft.segment.trim() } : {}),
      strata,
    },
  };
}

function strataOf(draft: PlanDraft, cuts: readonly number[]): Stratum[] {
  const rateOf = (name: string) => Number(draft.rates[name] ?? defaultRate) / 100;
  if (draft.kind !== "stratified") return [{ name: everything, rate: rateOf(everything) }];
  const edges = [0, ...cuts, 1];
  const bins = edges.slice(1).map((high, i): [number, number] => [edges[i] ?? 0, high]);
  return bins.flatMap((confidence): Stratum[] => {
    const bin = `Confidence ${confidence[0]}–${confidence[1]}`;
    if (!draft.byAction) return [{ name: bin, confidence, rate: rateOf(bin) }];
    return (["positive", "negative"] as const).map((predicted) => {
      const name = `${bin}, ${predicted === "positive" ? "to act" : "not to act"}`;
      return { name, confidence, predicted, rate: rateOf(name) };
    });
  });
}

function cutsOf(text: string): number[] | undefined {
  const cuts = wordsOf(text).map(Number);
  const rising = cuts.every((cut, i) => cut > (cuts[i - 1] ?? 0) && cut < 1);
  return rising && cuts.length <= 12 ? cuts : undefined;
}

function wordsOf(text: string): string[] {
  return text
    .split(/[\s,;]+/)
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

/** A percentage as typed, as a share; undefined where it is none that a margin can be. */
export function marginOf(text: string): number | undefined {
  const share = Number(text.replace(",", ".")) / 100;
  return text.trim() !== "" && share > 0 && share < 0.5 ? share : undefined;
}

/** A percentage as typed, as a share; the worst case where it is none. */
export function shareOf(text: string): number {
  const share = Number(text.replace(",", ".")) / 100;
  return text.trim() !== "" && share >= 0 && share <= 1 ? share : 0.5;
}

/** How a sample is spread over the strata: by their size, or more to where answers vary more. */
export type Spread = "rates" | "neyman_rates";

/** The draft's rates that draw what a preview says is needed, rounded up to a tenth of a per cent. */
export function ratesFor({ strata, required }: PlanPreview, spread: Spread): Record<string, string> {
  return Object.fromEntries(
    strata.map(({ name }, i) => {
      const rate = required?.[spread][i] ?? 0;
      return [name, String(Math.min(100, Math.max(0.1, Math.ceil(rate * 1000) / 10)))];
    }),
  );
}
