import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, expect, test, vi } from "vitest";
import { connectorActions, connectors } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg } from "@/db/testing-fixtures";
import { CreateConnector, ListFilter } from "../inputs";
import { ActionConfig, HttpAction } from "../action-config";
import { HttpConnector } from "../connector-config";
import { openConnectorSecret } from "./connector-secret";
import { createConnector } from "./create-connector";
import { createConnectorAction } from "./create-connector-action";
import { getConnector } from "./get-connector";
import { listConnectors } from "./list-connectors";
import { aConnector, anAction } from "./testing-inputs";
import { trailOf } from "./testing-trail";
import { updateConnector } from "./update-connector";
import { updateConnectorAction } from "./update-connector-action";

const { db } = await testDatabase();
const org = await anOrg(db);

beforeAll(() => {
  vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY", randomBytes(32).toString("base64"));
  return () => vi.unstubAllEnvs();
});

test("a secret is written and never read back: not in answers, the row or the journal; the worker opens it", async () => {
  const made = await createConnector(org.admin, aConnector({ secret: "sk_very_secret" }));
  const [row] = await db.select().from(connectors).where(eq(connectors.id, made.id));
  expect(made.has_secret).toBe(true);
  for (const shown of [made, row, await getConnector(org.admin, { connector: made.key })]) {
    expect(JSON.stringify(shown)).not.toContain("sk_very_secret");
  }
  expect((await trailOf(db, made.id)).text).not.toContain("sk_very_secret");
  expect(await openConnectorSecret(org.system, made.id)).toBe("sk_very_secret");
  await expect(openConnectorSecret(org.admin, made.id)).rejects.toMatchObject({ code: "forbidden" });
});

test("a secret copied to another connector's row does not open there", async () => {
  const from = await createConnector(org.admin, aConnector({ secret: "sk_a" }));
  const to = await createConnector(org.admin, aConnector({ secret: "sk_b" }));
  const [row] = await db.select().from(connectors).where(eq(connectors.id, from.id));
  await db.update(connectors).set({ secret: row?.secret }).where(eq(connectors.id, to.id));
  await expect(openConnectorSecret(org.system, to.id)).rejects.toMatchObject({ code: "secret_unreadable" });
});

test("every change of a connector or an action raises the version that approvals sign", async () => {
  const made = await createConnector(org.admin, aConnector());
  const named = await updateConnector(org.admin, { connector: made.id, version: 1, name: "Ledger" });
  const added = await createConnectorAction(org.admin, { connector: made.id, ...anAction() });
  const action = added.id;
  const config = anAction({ path: "/v2/refunds" }).config;
  const changed = await updateConnectorAction(org.admin, { connector: made.id, action, version: 3, config });
  expect([named.version, added.connector_version, changed.connector_version]).toEqual([2, 3, 4]);
  expect(changed).toMatchObject({ id: action, connector_id: made.id, config: { path: "/v2/refunds" } });
  expect((await trailOf(db, made.id)).journal.map((entry) => entry.action)).toEqual([
    "connector.created",
    "connector.changed",
  ]);
  expect((await trailOf(db, action)).journal.map((entry) => entry.action)).toEqual([
    "connector_action.created",
    "connector_action.changed",
  ]);
});

test("of two admins who read the same version the second is told; two added actions both stand", async () => {
  const made = await createConnector(org.admin, aConnector());
  const both = await Promise.allSettled(
    ["One", "Two"].map((name) => updateConnector(org.admin, { connector: made.id, version: 1, name })),
  );
  expect(both.find((each) => each.status === "rejected")).toMatchObject({
    reason: { code: "stale_version" },
  });
  await Promise.all(
    [1, 2].map(() => createConnectorAction(org.admin, { connector: made.id, ...anAction() })),
  );
  expect(await getConnector(org.admin, { connector: made.id })).toMatchObject({
    version: 4,
    actions: [{}, {}],
  });
});

test("a credential is not sent to a new server: another address needs the secret again", async () => {
  const made = await createConnector(org.admin, aConnector({ secret: "sk_a" }));
  const moved = { ...made.config, base_url: "https://elsewhere.example/v1" };
  const change = { connector: made.id, version: 1, config: moved };
  await expect(updateConnector(org.admin, change)).rejects.toMatchObject({ code: "secret_required" });
  const path = { ...made.config, base_url: "http://127.0.0.1:9/v2" };
  expect(await updateConnector(org.admin, { ...change, config: path })).toMatchObject({ has_secret: true });
  const cleared = await updateConnector(org.admin, { ...change, version: 2, secret: null });
  expect(cleared).toMatchObject({ has_secret: false, config: { base_url: "https://elsewhere.example/v1" } });
});

test("without an encryption key a secret is refused with the way to make one, and nothing is stored", async () => {
  vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY", "");
  const input = aConnector({ secret: "sk" });
  await expect(createConnector(org.admin, input)).rejects.toMatchObject({ code: "encryption_key_missing" });
  await expect(getConnector(org.admin, { connector: input.key })).rejects.toMatchObject({
    kind: "not_found",
  });
  vi.unstubAllEnvs();
});

test("reviewers and auditors read connectors and change nothing; another organisation sees none", async () => {
  const made = await createConnector(org.admin, aConnector());
  for (const ctx of [org.reviewer, org.auditor]) {
    expect((await getConnector(ctx, { connector: made.id })).id).toBe(made.id);
    await expect(createConnector(ctx, aConnector())).rejects.toMatchObject({ code: "forbidden" });
    const change = updateConnector(ctx, { connector: made.id, version: 1, name: "x" });
    await expect(change).rejects.toMatchObject({ code: "forbidden" });
    const add = createConnectorAction(ctx, { connector: made.id, ...anAction() });
    await expect(add).rejects.toMatchObject({ code: "forbidden" });
  }
  const other = await anOrg(db);
  expect((await listConnectors(other.admin, ListFilter.parse({}))).data).toEqual([]);
  const stolen = updateConnector(other.admin, { connector: made.id, version: 1, name: "x" });
  await expect(stolen).rejects.toMatchObject({ kind: "not_found" });
});

test("an answer's schema is compiled before it is stored", async () => {
  const made = await createConnector(org.admin, aConnector());
  const action = anAction({ success_schema: { required: "id" } });
  await expect(createConnectorAction(org.admin, { connector: made.id, ...action })).rejects.toMatchObject({
    code: "invalid_schema",
    errors: [{ pointer: "/config/success_schema/required" }],
  });
});

test.each([
  "ftp://x.example",
  "http://user:pass@x.example",
  "https://x.example?key=1",
  "https://x.example#a",
  "javascript:alert(1)",
])("%s is no base address", (base_url) => {
  expect(HttpConnector.safeParse({ base_url }).success).toBe(false);
});

test.each([
  { headers: { Authorization: "Bearer x" } },
  { headers: { Host: "x" } },
  { headers: { "X-A": "a\r\nX-B: b" } },
  { path: "refunds" },
  { path: "/refunds?x=1" },
  { method: "GET" },
  { key_header: "bad header" },
])("%j is no action", (over) => {
  expect(HttpAction.safeParse({ method: "POST", path: "/v1/refunds", ...over }).success).toBe(false);
});

test("a secret with a line break, which could add headers, is refused", () => {
  expect(CreateConnector.safeParse({ ...aConnector(), secret: "a\r\nb" }).success).toBe(false);
});

const aMail = { kind: "email", host: "mail.example", from: "desk@shop.example" };

test.each([
  ["a mail server of class A", { class: "A", config: aMail }, "/class"],
  [
    "a webhook whose secret signs nothing",
    { config: { kind: "webhook", base_url: "https://hooks.example" }, secret: "hunter2" },
    "/secret",
  ],
  [
    "OAuth 2 without a token server",
    { config: { base_url: "https://pay.example", auth: "oauth2" }, secret: "s" },
    "/config/oauth2",
  ],
  ["a kind that its configuration is not of", { kind: "mcp" }, "/config/kind"],
])("%s is refused", async (_name, over, pointer) => {
  await expect(createConnector(org.admin, aConnector(over))).rejects.toMatchObject({ errors: [{ pointer }] });
});

test("a connector keeps its kind, and takes actions of that kind only", async () => {
  const made = await createConnector(org.admin, aConnector({ class: "C", config: aMail }));
  expect(made).toMatchObject({ kind: "email", config: { port: 587, tls: "starttls", concurrency: null } });
  const config = HttpConnector.parse({ base_url: "https://pay.example" });
  const refused = { errors: [{ pointer: "/config/kind" }] };
  await expect(updateConnector(org.admin, { connector: made.id, version: 1, config })).rejects.toMatchObject(
    refused,
  );
  const wrong = createConnectorAction(org.admin, { connector: made.id, ...anAction() });
  await expect(wrong).rejects.toMatchObject(refused);
});

test("an action of a system that shows no state claims none", async () => {
  const made = await createConnector(org.admin, aConnector({ class: "C", config: aMail }));
  const add = (over: object) => {
    const mail = { kind: "email", to: "{/to}", subject: "Refund", text: "Done", ...over };
    const named = { connector: made.id, ...anAction(), config: ActionConfig.parse(mail) };
    return createConnectorAction(org.admin, named);
  };
  const observe = { path: "/orders/{/order}" };
  await expect(add({ observe })).rejects.toMatchObject({ errors: [{ pointer: "/config/observe" }] });
  await expect(add({})).resolves.toMatchObject({ connector_version: 2 });
});

test("a client's secret is not sent to a new token server", async () => {
  vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY", randomBytes(32).toString("base64"));
  const oauth2 = { token_url: "https://id.example/token", client_id: "desk" };
  const config = { base_url: "https://pay.example", auth: "oauth2", oauth2 };
  const made = await createConnector(org.admin, aConnector({ config, secret: "sk_client" }));
  const moved = HttpConnector.parse({
    ...config,
    oauth2: { ...oauth2, token_url: "https://evil.example/token" },
  });
  const change = { connector: made.id, version: 1, config: moved };
  await expect(updateConnector(org.admin, change)).rejects.toMatchObject({ code: "secret_required" });
});

test("a row written before the later members came is read with their defaults", async () => {
  const made = await createConnector(org.admin, aConnector());
  const action = await createConnectorAction(org.admin, { connector: made.id, ...anAction() });
  const old = { base_url: "https://pay.example", auth: "none" as const, timeout_ms: 900 };
  await db.update(connectors).set({ config: old }).where(eq(connectors.id, made.id));
  const config = { method: "POST" as const, path: "/v1/refunds" };
  await db.update(connectorActions).set({ config }).where(eq(connectorActions.id, action.id));
  expect(await getConnector(org.admin, { connector: made.id })).toMatchObject({
    config: {
      kind: "http",
      timeout_ms: 900,
      concurrency: null,
      rate_per_second: null,
      breaker: null,
      oauth2: null,
    },
    actions: [
      { config: { kind: "http", hold_seconds: 0, observe: null, ledger: null, reports_back: false } },
    ],
  });
});

test("class A is refused for an action that sends our key nowhere, whichever of the two is changed", async () => {
  const keyless = anAction({ key_header: null });
  const refusal = { code: "validation_failed", errors: [{ pointer: "/config/key_header" }] };
  const made = await createConnector(org.admin, aConnector());
  await expect(createConnectorAction(org.admin, { connector: made.id, ...keyless })).rejects.toMatchObject(
    refusal,
  );
  const added = await createConnectorAction(org.admin, { connector: made.id, ...anAction() });
  const change = { connector: made.id, action: added.id, version: 2, config: keyless.config };
  await expect(updateConnectorAction(org.admin, change)).rejects.toMatchObject(refusal);
  const looked = await createConnector(org.admin, aConnector({ class: "B" }));
  await createConnectorAction(org.admin, { connector: looked.id, ...keyless });
  await expect(
    updateConnector(org.admin, { connector: looked.id, version: 2, class: "A" }),
  ).rejects.toMatchObject({
    errors: [{ pointer: "/class", message: expect.stringContaining("Refund a charge") }],
  });
  await updateConnector(org.admin, { connector: looked.id, version: 2, class: "C" });
});
