import { runAccount, type Accounted } from "./account";
import { isEverCertified, type Boundary } from "./boundary";
import { runDrift, type Drifting } from "./drift";
import { runLate, runRubberStamp, type LateLabels, type RubberStamp } from "./labels";
import { randomOf } from "./random";
import { runRecorded, type Recorded } from "./recorded";
import { runStationary, type Stationary } from "./stationary";

export type BoundaryJob = { kind: "boundary" } & Boundary;
/** One kind of stream, to be run many times. Plain data: it goes to a worker as it is. */
export type Job = Stationary | Drifting | BoundaryJob | LateLabels | RubberStamp | Accounted | Recorded;
/** What one stream came to, by name. */
export type Outcome = Record<string, number>;

/** Runs stream `index` of a job: the same outcome for the same seed, wherever and whenever it runs. */
export function runStream(job: Job, seed: number, index: number): Outcome {
  switch (job.kind) {
    case "stationary":
      return runStationary(job, seed, index);
    case "drift":
      return runDrift(job, seed, index);
    case "boundary": {
      const random = randomOf(seed, `boundary ${job.alpha} ${job.rate} ${job.delta}`, index);
      return { certified: isEverCertified(job, random) ? 1 : 0 };
    }
    case "late":
      return runLate(job, seed, index);
    case "rubber_stamp":
      return runRubberStamp(job, seed, index);
    case "account":
      return runAccount(job, seed, index);
    case "recorded":
      return runRecorded(job, seed, index);
  }
}
