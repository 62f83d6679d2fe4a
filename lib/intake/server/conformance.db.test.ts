import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, describe, expect, test } from "vitest";
import { decisions } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aLeanServer } from "./testing";

const { db, url } = await testDatabase();
const { body, post, close } = await aLeanServer(db, url);
afterAll(close);

const conformance = path.resolve("../shared/data/conformance");
describe.skipIf(!existsSync(conformance))("public suites (skipped where ../shared is absent)", () => {
  test(
    "318 JSON documents: never a 5xx, never a hang, and what is not JSON is a 400",
    { timeout: 60_000 },
    async () => {
      const lines = readFileSync(path.join(conformance, "json-parsing.jsonl"), "utf8").trim().split("\n");
      const documents = lines.map(
        (line) => JSON.parse(line) as { name: string; expect: string; bytes_b64: string },
      );
      expect(documents.length).toBe(318);
      for (const document of documents) {
        const answer = await post(new Uint8Array(Buffer.from(document.bytes_b64, "base64")));
        expect(answer.status, document.name).toBeGreaterThanOrEqual(400);
        expect(answer.status, document.name).toBeLessThan(500);
        if (document.expect === "accept") expect(answer.status, document.name).not.toBe(400);
        if (document.expect === "reject") expect([400, 422], document.name).toContain(answer.status);
      }
    },
  );

  test("naughty strings come back as they were sent", { timeout: 60_000 }, async () => {
    const strings = JSON.parse(
      readFileSync(path.join(conformance, "naughty-strings.json"), "utf8"),
    ) as string[];
    const { body: answer } = await post(
      { decisions: strings.map((message) => body({ input: { message } })) },
      { at: "/api/v1/decisions/batch" },
    );
    for (const [index, message] of strings.entries()) {
      const item = answer.data[index];
      if (item.status === 422) continue;
      expect(item.status).toBe(201);
      const [row] = await db
        .select({ input: decisions.input })
        .from(decisions)
        .where(eq(decisions.id, item.decision.id));
      expect(row?.input).toEqual({ message });
    }
  });
});
