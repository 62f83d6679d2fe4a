import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aRefundDesk, anOrg } from "@/db/testing-fixtures";
import { fromBoth } from "@/lib/apps/server/handlers";
import type { Context } from "@/lib/server/context";
import { handle } from "@/lib/server/handle";
import { incomingOf } from "@/lib/server/serve";
import {
  listDeskEndpoint,
  lookUpExecutionEndpoint,
  resolveExecutionEndpoint,
  retryExecutionEndpoint,
} from "../desk";
import { listDesk } from "./list-desk";
import { lookUpForApi } from "./look-up-execution";
import { resolveExecution } from "./resolve-execution";
import { retryExecution } from "./retry-execution";
import { claimOne, resultOf, somePending } from "./testing";
import { settleExecutions } from "./settle-executions";

// The contracts of the desk's doors, as a caller over HTTP meets them.
const { db } = await testDatabase();

async function anOpenOne() {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, { connectorClass: "B" });
  const [id = ""] = await somePending(db, org, desk);
  await settleExecutions(org.system, [resultOf(await claimOne(org), "no_answer")]);
  await db.execute(sql`update executions set status = 'dead', needs_person = true where id = ${id}`);
  return { org, id };
}

function request(body?: object): Request {
  const headers = { "content-type": "application/json" };
  return new Request("http://localhost/api/v1/executions/x", {
    method: "POST",
    headers,
    body: body && JSON.stringify(body),
  });
}

const as = (ctx: Context) => () => Promise.resolve(ctx);
const read = ({ status, body }: { status: number; body: string }) => ({
  status,
  body: JSON.parse(body) as Record<string, unknown>,
});

test("a retry that nobody looked up before is a problem with its own code, and goes through when it is meant", async () => {
  const { org, id } = await anOpenOne();
  const retry = async (body: object) =>
    read(
      await handle(
        retryExecutionEndpoint,
        as(org.reviewer),
        fromBoth(retryExecution),
        incomingOf(request(body), { id }),
      ),
    );
  expect(await retry({})).toMatchObject({ status: 422, body: { code: "validation_failed" } });
  expect(await retry({ reason: "again" })).toMatchObject({ status: 409, body: { code: "lookup_first" } });
  const asked = await retry({ reason: "again", without_lookup: true });
  expect(asked).toMatchObject({ status: 200, body: { object: "execution", id, status: "dead" } });
});

test("a resolution needs to say what happened and how one knows; its answer is the execution", async () => {
  const { org, id } = await anOpenOne();
  const resolve = async (ctx: Context, body: object) =>
    read(
      await handle(
        resolveExecutionEndpoint,
        as(ctx),
        fromBoth(resolveExecution),
        incomingOf(request(body), { id }),
      ),
    );
  expect(await resolve(org.admin, { status: "succeeded" })).toMatchObject({ status: 422 });
  expect(await resolve(org.admin, { status: "unknown", note: "x" })).toMatchObject({ status: 422 });
  expect(await resolve(org.auditor, { status: "failed", note: "x" })).toMatchObject({
    status: 403,
    body: { code: "forbidden" },
  });
  expect(await resolve(org.admin, { status: "failed", note: "I asked them" })).toMatchObject({
    status: 200,
    body: { id, status: "failed" },
  });
  expect(await resolve(org.admin, { status: "failed", note: "again" })).toMatchObject({
    status: 409,
    body: { code: "conflict", execution_status: "failed" },
  });
});

test("a look-up takes no body, and what waits is listed under its tab", async () => {
  const { org, id } = await anOpenOne();
  const listed = await handle(
    listDeskEndpoint,
    as(org.auditor),
    (ctx, { query }) => listDesk(ctx, query),
    incomingOf(new Request("http://localhost/api/v1/executions/desk?tab=stopped"), {}),
  );
  expect(read(listed)).toMatchObject({
    status: 200,
    body: { object: "list", has_more: false, data: [{ id }] },
  });
  const looked = await handle(
    lookUpExecutionEndpoint,
    as(org.reviewer),
    (ctx, { params }) => lookUpForApi(ctx, params),
    incomingOf(request(), { id }),
  );
  // Nobody listens at this system's address.
  expect(read(looked)).toMatchObject({
    status: 200,
    body: { object: "lookup", execution_id: id, outcome: "ambiguous", status: "dead" },
  });
});
