import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aRefundDesk } from "@/db/testing-fixtures";
import type { StopInput } from "@/lib/apps/inputs";
import { resume } from "@/lib/apps/server/resume";
import { stop } from "@/lib/apps/server/stop";
import { certifyAction } from "./certify-action";
import { closeConnectors } from "./connectors/connector-of";
import { getCertification } from "./get-certification";
import { runCertifications } from "./run-certifications";
import { aCertifiedDesk, aCertifiedTarget, bad, good, type CertifiedTarget } from "./testing-certified";

const { db } = await testDatabase();
let target: CertifiedTarget;
beforeAll(async () => {
  target = await aCertifiedTarget();
});
afterAll(async () => {
  await closeConnectors();
  target.close();
});
beforeEach(() => target.reset());

/** A run whose first call has reached the target, and waits there for its answer. */
async function aCallUnderWay() {
  const { org, desk } = await aCertifiedDesk(db, target, "A");
  let answer = () => {};
  const arrived = new Promise<void>((resolve) => {
    target.hold = () => {
      target.hold = () => Promise.resolve();
      resolve();
      return new Promise<void>((release) => (answer = release));
    };
  });
  const input = { connector: desk.connector, action: "refund", arguments: good, bad_arguments: bad };
  const { id } = await certifyAction(org.admin, input);
  const running = runCertifications(org.system);
  await arrived;
  const ended = async () => {
    answer();
    await running;
    return getCertification(org.admin, { params: { certification: id } });
  };
  return { org, desk, id, ended };
}

test.each(["global", "app", "type", "connector"] as const)(
  "a stop (%s) names the certification call under way, and nothing more of the run is sent",
  async (scope) => {
    const { org, desk, id, ended } = await aCallUnderWay();
    const input: StopInput = { scope, reason: "it moves real money" };
    if (scope !== "global") input.scope_id = desk[scope];
    const answer = await stop(org.reviewer, input);
    expect(answer.in_flight).toEqual({ count: 1, execution_ids: [], certification_ids: [id] });
    const view = await ended();
    expect(target.effects).toHaveLength(1);
    expect(view.status).toBe("failed");
    expect(view.checks.map(({ check, outcome }) => [check, outcome])).toEqual([
      ["accepts", "passed"],
      ["dedupes", "failed"],
      ["looks_up", "passed"],
      ["finds_nothing", "passed"],
      ["refuses", "failed"],
      ["observes", "skipped"],
    ]);
    expect(view.checks[1]?.sentence).toBe("Not asked: automation is stopped.");
    // It was answered: a later look at the switch names nothing.
    expect((await stop(org.reviewer, input)).in_flight.count).toBe(0);
  },
);

test.each(["app", "type"] as const)(
  "none is begun while an %s that uses its action is stopped",
  async (scope) => {
    const { org, desk } = await aCertifiedDesk(db, target, "A");
    const input = { connector: desk.connector, action: "refund", arguments: good };
    await stop(org.reviewer, { scope, scope_id: desk[scope], reason: "drill" });
    await expect(certifyAction(org.admin, input)).rejects.toMatchObject({ code: "stopped" });
    await resume(org.admin, { scope, scope_id: desk[scope], reason: "over" });
    await expect(certifyAction(org.admin, input)).resolves.toMatchObject({ status: "running" });
  },
);

test("the switch of another app, type or connector names none: they do not stop it", async () => {
  const { org, ended } = await aCallUnderWay();
  const neighbour = await aRefundDesk(db, org);
  const other = await aCertifiedDesk(db, target, "A");
  const reason = "drill";
  for (const scope of ["app", "type", "connector"] as const) {
    const answer = await stop(org.reviewer, { scope, scope_id: neighbour[scope], reason });
    expect(answer.in_flight.certification_ids).toEqual([]);
  }
  const elsewhere = await stop(other.org.reviewer, { scope: "global", reason });
  expect(elsewhere.in_flight.certification_ids).toEqual([]);
  expect((await ended()).status).toBe("passed");
});

test("of twenty stops that race a run's calls, none is followed by a call that its answer does not name", async () => {
  for (let round = 0; round < 20; round++) {
    target.reset();
    const { org, desk } = await aCertifiedDesk(db, target, "A");
    const { id } = await certifyAction(org.admin, {
      connector: desk.connector,
      action: "refund",
      arguments: good,
    });
    let stoppedAt = Number.POSITIVE_INFINITY;
    let beyond = 0;
    target.hold = async () => {
      if (performance.now() > stoppedAt) beyond += 1;
    };
    const running = runCertifications(org.system);
    await new Promise((resolve) => setTimeout(resolve, round % 20));
    const answer = await stop(org.reviewer, { scope: "global", reason: "race" });
    stoppedAt = performance.now();
    await running;
    expect(beyond).toBeLessThanOrEqual(answer.in_flight.certification_ids.includes(id) ? 1 : 0);
  }
});
