import type { Database } from "@/db/client";
import { fitCalibrationsNightly } from "@/lib/autonomy/server/fit-calibration";
import { runReplays } from "@/lib/autonomy/server/run-replays";
import { foldEpochs } from "@/lib/autonomy/server/fold-epochs";
import { lookAtContracts } from "@/lib/autonomy/server/look-at-contracts";
import { watchContracts } from "@/lib/autonomy/server/watch-contracts";
import { openDueAudits } from "@/lib/audits/server/open-due-audits";
import { openDiscrepancies } from "@/lib/discrepancies/server/open-discrepancies";
import { proposeCauses } from "@/lib/discrepancies/server/propose-causes";
import { observeLeft } from "@/lib/execution/server/observe-left";
import { observeWaiting } from "@/lib/execution/server/observe-waiting";
import { runCertifications } from "@/lib/execution/server/run-certifications";
import { reconcileConnector } from "@/lib/execution/server/reconcile-connector";
import { reconcileNightly } from "@/lib/execution/server/reconcile-nightly";
import { executionRunner } from "@/lib/execution/server/run-executions";
import { sweepExecutions } from "@/lib/execution/server/sweep-executions";
import { watchBreakers } from "@/lib/execution/server/watch-breakers";
import { measureAgreements } from "@/lib/evaluators/server/measure-agreements";
import { openScores } from "@/lib/evaluators/server/open-scores";
import { runScores } from "@/lib/evaluators/server/run-scores";
import { buildDatasets } from "@/lib/experiments/server/build-datasets";
import { runExperiments } from "@/lib/experiments/server/run-experiments";
import { expireExports } from "@/lib/exports/server/expire-exports";
import { runExports } from "@/lib/exports/server/run-exports";
import { runImports } from "@/lib/feedback/server/run-imports";
import { answerInShadow } from "@/lib/learning/server/answer-in-shadow";
import { expireLearningExports } from "@/lib/learning/server/expire-learning-exports";
import { runFineTunes } from "@/lib/learning/server/run-fine-tunes";
import { runLearningExports } from "@/lib/learning/server/run-learning-exports";
import { runTrainings } from "@/lib/learning/server/run-trainings";
import { listOrgIds, systemContext } from "@/lib/identity/server/system-context";
import { assignReviews } from "@/lib/reviews/server/assign-reviews";
import { commitDueVerdicts } from "@/lib/reviews/server/commit-due-verdicts";
import { expireOverdueReviews } from "@/lib/reviews/server/expire-overdue-reviews";
import { warnDueReviews } from "@/lib/reviews/server/warn-due-reviews";
import { measureArrivals } from "@/lib/reviews/server/measure-arrivals";
import { measureRulings } from "@/lib/reviews/server/measure-rulings";
import { settleMeasures } from "@/lib/reviews/server/settle-measures";
import { refreshHandling } from "@/lib/reviews/server/refresh-handling";
import { rememberRulings } from "@/lib/reviews/server/remember-rulings";
import { sweepRuns } from "@/lib/models/server/sweep-runs";
import { sealDays } from "@/lib/evaluations/server/seal-days";
import { compareDrift } from "@/lib/monitors/server/compare-drift";
import { lookAtMonitors } from "@/lib/monitors/server/look-at-monitors";
import { openSystemIncidents } from "@/lib/monitors/server/open-system-incidents";
import { runShadows } from "@/lib/prompts/server/run-shadows";
import { settleRequests } from "@/lib/prompts/server/settle-requests";
import { deliverMessages } from "@/lib/notices/server/deliver-messages";
import { removeOldNotices } from "@/lib/notices/server/remove-old-notices";
import { tellNews } from "@/lib/notices/server/tell-news";
import type { Context } from "@/lib/server/context";
import { sealJournal } from "@/lib/server/journal";
import type { Loop } from "./run-worker";

export type WorkerOptions = {
  /** Names this process in claims and attempts. */
  workerId: string;
  /** Sends under way at once. */
  capacity?: number;
  leaseMs?: number;
};

/** Everything a worker does. Any number of workers may do it against one database at once. */
export function workerLoops(db: Database, options: WorkerOptions): Loop[] {
  const eachOrg = overOrgs(db, options.workerId);
  const runner = executionRunner(options);
  return [
    { name: "executions.run", everyMs: 50, run: eachOrg(runner.run), drain: runner.drain },
    { name: "executions.observe_waiting", everyMs: 1000, run: eachOrg(quietly(observeWaiting)) },
    { name: "certifications.run", everyMs: 1000, run: eachOrg(runCertifications) },
    { name: "executions.observe_left", everyMs: 2000, run: eachOrg(quietly(observeLeft)) },
    { name: "executions.sweep", everyMs: 1000, run: eachOrg(sweepExecutions) },
    { name: "connectors.watch", everyMs: 1000, run: eachOrg(quietly(watchBreakers)) },
    { name: "reconciliations.nightly", everyMs: 60_000, run: eachOrg(quietly(reconcileNightly)) },
    { name: "reconciliations.run", everyMs: 2000, run: eachOrg(reconcileConnector) },
    {
      name: "reviews.commit_due_verdicts",
      everyMs: 250,
      run: eachOrg(async (ctx) => (await commitDueVerdicts(ctx)).committed),
    },
    { name: "measures.arrivals", everyMs: 5000, run: eachOrg(quietly(measureArrivals)) },
    { name: "measures.rulings", everyMs: 5000, run: eachOrg(quietly(measureRulings)) },
    { name: "measures.settle", everyMs: 5000, run: eachOrg(quietly(settleMeasures)) },
    { name: "reviews.assign", everyMs: 2000, run: eachOrg(quietly(assignReviews)) },
    { name: "reviews.refresh_handling", everyMs: 600_000, run: eachOrg(quietly(refreshHandling)) },
    { name: "reviews.warn_due", everyMs: 5000, run: eachOrg(quietly(warnDueReviews)) },
    { name: "reviews.expire_overdue", everyMs: 5000, run: eachOrg(quietly(expireOverdueReviews)) },
    { name: "reviews.remember_rulings", everyMs: 1000, run: eachOrg(quietly(rememberRulings)) },
    { name: "calibrations.fit_nightly", everyMs: 60_000, run: eachOrg(quietly(fitCalibrationsNightly)) },
    { name: "replays.run", everyMs: 1000, run: eachOrg(runReplays) },
    { name: "trainings.run", everyMs: 1000, run: eachOrg(runTrainings) },
    { name: "trainings.answer_in_shadow", everyMs: 2000, run: eachOrg(answerInShadow) },
    { name: "scores.open", everyMs: 2000, run: eachOrg(openScores) },
    { name: "scores.run", everyMs: 1000, run: eachOrg(runScores) },
    { name: "evaluators.measure", everyMs: 5000, run: eachOrg(measureAgreements) },
    { name: "feedback_imports.run", everyMs: 1000, run: eachOrg(runImports) },
    { name: "datasets.build", everyMs: 1000, run: eachOrg(buildDatasets) },
    { name: "experiments.run", everyMs: 1000, run: eachOrg(runExperiments) },
    { name: "learning_exports.run", everyMs: 1000, run: eachOrg((ctx) => runLearningExports(ctx)) },
    { name: "fine_tunes.run", everyMs: 1000, run: eachOrg(runFineTunes) },
    { name: "learning_exports.expire", everyMs: 600_000, run: eachOrg(expireLearningExports) },
    { name: "exports.run", everyMs: 1000, run: eachOrg(runExports) },
    { name: "exports.expire", everyMs: 600_000, run: eachOrg(expireExports) },
    { name: "runs.sweep", everyMs: 10_000, run: eachOrg(quietly(sweepRuns)) },
    { name: "runs.settle_requests", everyMs: 5000, run: eachOrg(settleRequests) },
    { name: "prompts.shadow", everyMs: 1000, run: eachOrg(runShadows) },
    { name: "journal.seal", everyMs: 500, run: eachOrg(quietly(sealJournal)) },
    { name: "notices.tell", everyMs: 1000, run: eachOrg(tellNews) },
    { name: "notices.deliver", everyMs: 1000, run: eachOrg(deliverMessages) },
    { name: "notices.remove_old", everyMs: 600_000, run: eachOrg(removeOldNotices) },
    { name: "audits.open_due", everyMs: 1000, run: eachOrg(quietly(openDueAudits)) },
    { name: "discrepancies.open", everyMs: 1000, run: eachOrg(openDiscrepancies) },
    { name: "discrepancies.propose", everyMs: 1000, run: eachOrg(proposeCauses) },
    { name: "contracts.fold", everyMs: 3000, run: eachOrg(foldEpochs) },
    { name: "contracts.watch", everyMs: 3000, run: eachOrg(quietly(watchContracts)) },
    { name: "contracts.look", everyMs: 60_000, run: eachOrg(quietly(lookAtContracts)) },
    { name: "monitors.look", everyMs: 2000, run: eachOrg(quietly(lookAtMonitors)) },
    { name: "incidents.of_events", everyMs: 5000, run: eachOrg(quietly(openSystemIncidents)) },
    { name: "evaluations.seal_days", everyMs: 60_000, run: eachOrg(sealDays) },
    { name: "drift.compare", everyMs: 60_000, run: eachOrg(quietly((ctx) => compareDrift(ctx))) },
  ];
}

/** For a verb that does all there is in one go: its next run waits its turn. */
function quietly(verb: (ctx: Context) => Promise<unknown>): (ctx: Context) => Promise<number> {
  return async (ctx) => {
    await verb(ctx);
    return 0;
  };
}

const orgsReadEveryMs = 5000;

/** Runs a verb for every organisation, and adds up what it answered. */
function overOrgs(db: Database, workerId: string) {
  let ids: string[] = [];
  let readAt = -Infinity;
  async function orgIds(): Promise<string[]> {
    if (ids.length === 0 || performance.now() - readAt > orgsReadEveryMs) {
      ids = await listOrgIds(db);
      readAt = performance.now();
    }
    return ids;
  }
  return (verb: (ctx: Context) => Promise<number>) => async (): Promise<number> => {
    let total = 0;
    for (const orgId of await orgIds()) total += await verb(systemContext(db, orgId, workerId));
    return total;
  };
}
