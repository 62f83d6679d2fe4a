import { setTimeout as sleep } from "node:timers/promises";
import { openDueAudits } from "@/lib/audits/server/open-due-audits";
import { runReplays } from "@/lib/autonomy/server/run-replays";
import { caller, type Call } from "./call";
import type { Installation } from "./installation";
import { passDay } from "./pass-day";

/** One decision of a trial: what the app says of itself, and what is true. */
export type Case = { id: string; confidence: number; isRight: boolean };
/** What a day came to. */
export type DayResult = {
  submitted: number;
  ranAlone: number;
  ranAloneWrong: number;
  /** Answered by the auditor today. */
  audited: number;
  level: string;
  threshold: number | null;
  /** How often people signed this night. */
  signed: number;
};

/** Audits judged side by side. */
const atOnce = 6;

type Made = { id: string; key: string };
type Item = {
  decision: { id: string; external_id: string; route: { outcome: string } } | null;
  error: unknown;
};
type Audit = { id: string; subject: { id: string } | null };
export type Account = { ran_alone: number; audited: number; wrong: number; at_most: number };
type Contract = {
  id: string;
  version: number;
  level: string;
  threshold: number | null;
  evidence: { most_permissive: number | null; account: Account | null };
};
/**
 * Where the truth of what ran alone comes from: an auditor answers what was drawn, blind first; or a system of record tells
 * everybody's, drawn or not.
 */
const labelKinds = ["audits", "outcomes"] as const;
export type Labels = (typeof labelKinds)[number];

export function labelsOf(text: string): Labels {
  const found = labelKinds.find((kind) => kind === text);
  if (!found) throw new Error(`--labels takes one of ${labelKinds.join(", ")}`);
  return found;
}

export type Terms = { alpha: number; delta: number };

/** An app whose every proposal falls under one contract, with the people around it; all of it over the API. */
export class Segment {
  constructor(
    readonly place: Installation,
    readonly app: string,
    readonly contract: string,
    readonly type: string,
    readonly submit: Call,
    readonly labels: Labels,
  ) {}

  /** Submits a day's cases and says what was true, audits what was drawn; night falls, and people sign what is certified. */
  async live(cases: readonly Case[]): Promise<DayResult> {
    const byId = new Map(cases.map((each) => [each.id, each]));
    const routed = await this.#send(cases);
    const alone = routed.filter(({ outcome }) => outcome === "execute");
    // By outcome also what nobody selected is told: the platform must not count it.
    const told = this.labels === "outcomes" ? routed : routed.filter(({ outcome }) => outcome === "review");
    await this.#tell(told.flatMap(({ id }) => byId.get(id) ?? []));
    const audited = this.labels === "audits" && alone.length > 0 ? await this.#audit(byId) : 0;
    await passDay(this.place.system, this);
    const signed = await this.#signWhatIsCertified();
    const { level, threshold } = await this.read();
    const ranAloneWrong = alone.filter(({ id }) => byId.get(id)?.isRight === false).length;
    return {
      submitted: cases.length,
      ranAlone: alone.length,
      ranAloneWrong,
      audited,
      level,
      threshold,
      signed,
    };
  }

  read(): Promise<Contract> {
    return this.place.proposer<Contract>("GET", `/contracts/${this.contract}`);
  }

  async #send(cases: readonly Case[]): Promise<{ id: string; outcome: string }[]> {
    const decisions = cases.map(({ id, confidence }) => ({
      type: this.type,
      external_id: id,
      subject: { type: "case", id },
      input: { question: id },
      proposal: { arguments: {} },
      confidence,
    }));
    const { data } = await this.submit<{ data: Item[] }>("POST", "/decisions/batch", { decisions });
    return data.map(({ decision, error }) => {
      if (!decision) throw new Error(`A decision was refused: ${JSON.stringify(error)}`);
      return { id: decision.external_id, outcome: decision.route.outcome };
    });
  }

  async #tell(cases: readonly Case[]): Promise<void> {
    if (cases.length === 0) return;
    const outcomes = cases.map(({ id, isRight }) => ({ external_id: id, correct: isRight }));
    const { data } = await this.submit<{ data: { error: unknown }[] }>("POST", "/outcomes/batch", {
      outcomes,
    });
    const refused = data.find(({ error }) => error);
    if (refused) throw new Error(`An outcome was refused: ${JSON.stringify(refused)}`);
  }

  /** Judges every audit that is open, blind first, as somebody who knows the truth. */
  async #audit(byId: ReadonlyMap<string, Case>): Promise<number> {
    const { auditor, system } = this.place;
    await openDueAudits(system);
    for (let judged = 0; ;) {
      const { data } = await auditor<{ data: Audit[] }>("GET", `/audits?tab=open&app=${this.app}&limit=100`);
      if (data.length === 0) return judged;
      for (let from = 0; from < data.length; from += atOnce)
        await Promise.all(data.slice(from, from + atOnce).map((audit) => this.#judge(audit, byId)));
      judged += data.length;
    }
  }

  async #judge({ id, subject }: Audit, byId: ReadonlyMap<string, Case>): Promise<void> {
    const { auditor } = this.place;
    const found = byId.get(subject?.id ?? "");
    if (!found) throw new Error(`Audit ${id} is of no case of today`);
    const { isRight } = found;
    await auditor("POST", `/audits/${id}/answer`, { answer: isRight ? "positive" : "negative" });
    const ruling = isRight ? { judgement: "correct" } : { judgement: "incorrect", cause: "inference" };
    await auditor("POST", `/audits/${id}/judgement`, ruling);
  }

  async #signWhatIsCertified(): Promise<number> {
    const { version, threshold, evidence } = await this.read();
    const best = evidence.most_permissive;
    if (best === null || (threshold !== null && best >= threshold)) return 0;
    const proposals = `/contracts/${this.contract}/proposals`;
    const wanted = { kind: "threshold", threshold: best, version, reason: "It is certified" };
    const proposal = await this.place.proposer<Made>("POST", proposals, wanted);
    await this.#lookAtWhatItWouldLetAct(best);
    await this.place.signer("POST", `${proposals}/${proposal.id}/sign`, {});
    return 1;
  }

  /** Replays the past under a threshold and opens what that lists, without which nobody can sign it. */
  async #lookAtWhatItWouldLetAct(threshold: number): Promise<void> {
    const { proposer, system } = this.place;
    const thresholds = { positive: threshold };
    const draft = { kind: "threshold", app: this.app, type: this.type, thresholds, period: { days: 365 } };
    const { id } = await proposer<Made>("POST", "/replays", draft);
    // A running worker may be quicker.
    for (let status = "pending"; status !== "done"; await sleep(50)) {
      await runReplays(system);
      ({ status } = await proposer<{ status: string }>("GET", `/replays/${id}`));
      if (status === "failed") throw new Error(`Replay ${id} failed`);
    }
    const flips = await proposer<{ data: { decision_id: string }[] }>(
      "GET",
      `/replays/${id}/flips?limit=100`,
    );
    for (const { decision_id: decision } of flips.data)
      await proposer("POST", `/replays/${id}/flips/${decision}/open`);
  }

  /** Whether the bells of both admins say within a few seconds that this contract's autonomy was taken back. */
  async isTold(): Promise<boolean> {
    const { proposer, signer } = this.place;
    return (await this.#hears(proposer)) && (await this.#hears(signer));
  }

  async #hears(admin: Call): Promise<boolean> {
    for (let tries = 0; tries < 50; tries += 1) {
      const { data } = await admin<{ data: { title: string; href: string }[] }>("GET", "/notifications");
      const own = data.filter(({ href }) => href.endsWith(`/contracts/${this.contract}`));
      if (own.some(({ title }) => title.startsWith("Autonomy was taken back"))) return true;
      await sleep(200);
    }
    return false;
  }
}

/** Makes an app, a decision type without an action, a key and the contract, under names of this run's own. */
export async function openSegment(
  place: Installation,
  { name, terms, labels }: { name: string; terms: Terms; labels: Labels },
): Promise<Segment> {
  const mark = `${name}-${Date.now().toString(36)}`;
  const { proposer } = place;
  const type = `${name}.answer.${mark.replaceAll("-", "_")}`;
  await proposer<Made>("POST", "/decision_types", {
    key: type,
    name: `Trial ${name}`,
    reversibility: "reversible",
  });
  const app = await proposer<Made>("POST", "/apps", { key: mark, name: `Trial ${name}` });
  const scopes = ["decisions:write", "decisions:read", "feedback:write"];
  const key = await proposer<Made>("POST", "/api_keys", {
    app_id: app.id,
    name: "trial",
    scopes,
    expires_in_days: 1,
  });
  const contract = await proposer<Made>("POST", "/contracts", {
    app: app.id,
    type,
    predicted: "positive",
    terms: { ...terms, ramp: [1] },
  });
  return new Segment(place, app.id, contract.id, type, caller(place.url, { token: key.key }), labels);
}
