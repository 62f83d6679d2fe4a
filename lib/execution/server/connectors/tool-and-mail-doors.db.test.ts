import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { testDatabase } from "@/db/testing";
import { closeConnectors } from "./connector-of";
import { carryOut } from "./testing-carry-out";
import { aMailServer, anMcpServer, aServer } from "./testing-targets";

const { db } = await testDatabase();
const closing: (() => unknown)[] = [];

beforeAll(() => {
  vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY", randomBytes(32).toString("base64"));
  return () => vi.unstubAllEnvs();
});
afterAll(async () => {
  await closeConnectors();
  for (const close of closing) close();
});

test.each([false, true])(
  "an MCP tool is called once with the arguments and the key (streams: %s)",
  async (streams) => {
    const server = await anMcpServer(() => ({ content: [], structuredContent: { id: "re_9" } }), { streams });
    closing.push(server.close);
    const { execution } = await carryOut(db, server.host, {
      class: "C",
      config: { kind: "mcp", base_url: `${server.baseUrl}/mcp`, auth: "bearer" },
      action: { kind: "mcp", tool: "issue_refund" },
      secret: "tok_1234567",
    });
    expect(execution).toMatchObject({ status: "succeeded", externalReference: "re_9" });
    expect(server.calls).toEqual([
      {
        name: "issue_refund",
        arguments: { invoice: "INV-0001", amount: 1800, currency: "EUR" },
        _meta: { "countersign/action_key": execution.actionKey },
      },
    ]);
  },
);

test.each([
  ["isError", { isError: true, content: [{ type: "text", text: "no" }] }, false, "unknown"],
  ["isError, declared", { isError: true, content: [{ type: "text", text: "no" }] }, true, "failed"],
  ["a cut connection", null, true, "unknown"],
] as const)("an MCP tool that answers with %s", async (_name, result, declared, status) => {
  const server = await anMcpServer(() => result);
  closing.push(server.close);
  const { execution } = await carryOut(db, server.host, {
    class: "C",
    config: { kind: "mcp", base_url: server.baseUrl },
    action: { kind: "mcp", tool: "issue_refund", error_means_nothing_happened: declared },
  });
  expect(execution).toMatchObject({ status, needsPerson: status === "unknown" });
});

test("an MCP server that does not open a session was sent nothing", async () => {
  const server = await aServer(() => ({ status: 500 }));
  closing.push(server.close);
  const { execution } = await carryOut(db, server.host, {
    class: "C",
    config: { kind: "mcp", base_url: server.baseUrl },
    action: { kind: "mcp", tool: "issue_refund" },
  });
  expect(execution.status).toBe("pending");
});

test.each([
  ["takes it", {}, "succeeded", 1],
  ["does not know the recipient", { RCPT: "550 no such user" }, "failed", 0],
  ["is busy", { RCPT: "450 greylisted" }, "pending", 0],
  ["refuses the text", { TEXT: "554 looks like spam" }, "failed", 1],
  ["goes away after the text", { TEXT: "cut" }, "unknown", 1],
  ["goes away before the text", { MAIL: "cut" }, "pending", 0],
])("a mail server that %s", async (_name, answers, status, mails) => {
  const server = await aMailServer(answers);
  closing.push(server.close);
  const { execution } = await carryOut(db, server.host, {
    class: "C",
    config: {
      kind: "email",
      host: "127.0.0.1",
      port: server.port,
      tls: "none",
      from: "desk@shop.test",
      timeout_ms: 3000,
    },
    action: {
      kind: "email",
      to: "ada@example.test",
      subject: "Refund of {/amount}",
      text: "It is on its way. {key}",
    },
  });
  expect(server.mails).toHaveLength(mails);
  expect(execution).toMatchObject({ status, needsPerson: status === "unknown" });
  if (status !== "succeeded") return;
  expect(execution.externalReference).toBe(`<${execution.actionKey}@shop.test>`);
  expect(server.mails[0]?.text).toContain(`Message-ID: <${execution.actionKey}@shop.test>`);
});

test("mail goes to no private host that is not listed", async () => {
  const server = await aMailServer();
  closing.push(server.close);
  const { execution } = await carryOut(db, "", {
    class: "C",
    config: { kind: "email", host: "127.0.0.1", port: server.port, tls: "none", from: "desk@shop.test" },
    action: { kind: "email", to: "ada@example.test", subject: "Refund", text: "It is on its way." },
  });
  expect(server.mails).toHaveLength(0);
  expect(execution).toMatchObject({ status: "pending", lastError: expect.stringContaining("not allowed") });
});
