import { parseArgs } from "node:util";
import { fullDoses, quickDoses, type Doses } from "./chaos";

export type Options = {
  seeds: number[];
  doses: Doses;
  control: Doses;
  isControlOnly: boolean;
  port: number | null;
  /** Where a page about the runs goes; its figures go beside it. */
  report: string | null;
};

/** Reads the command line. Throws with a sentence for what it does not know. */
export function readOptions(argv: string[]): Options {
  const { values } = parseArgs({
    args: argv,
    options: {
      quick: { type: "boolean", default: false },
      control: { type: "boolean", default: false },
      seeds: { type: "string" },
      decisions: { type: "string" },
      report: { type: "string" },
      port: { type: "string" },
    },
  });
  const seeds = (values.seeds ?? (values.quick ? "11" : "11,99,4242")).split(",").map(Number);
  const decisions = Number(values.decisions ?? (values.quick ? 300 : 3000));
  if (![...seeds, decisions].every((number) => Number.isInteger(number) && number > 0))
    throw new Error("--seeds and --decisions take whole numbers, such as --seeds 11,99 --decisions 3000");
  const doses = { ...(values.quick ? quickDoses : scaled(decisions)), decisions };
  const control = { ...quickDoses, perCrashPoint: 1, workerKills: 10, decisions: values.quick ? 100 : 300 };
  return {
    seeds,
    doses,
    control,
    isControlOnly: values.control,
    port: values.port ? Number(values.port) : null,
    report: values.report ?? null,
  };
}

/** The full doses are for 3,000 decisions; fewer decisions get their share of them. */
function scaled(decisions: number): Omit<Doses, "decisions"> {
  const share = Math.min(1, decisions / 3000);
  const entries = Object.entries(fullDoses).map(([name, dose]) => [name, Math.ceil(dose * share)]);
  return Object.fromEntries(entries) as Omit<Doses, "decisions">;
}
