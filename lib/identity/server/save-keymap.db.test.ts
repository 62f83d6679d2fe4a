import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg } from "@/db/testing-fixtures";
import { getKeymap } from "./get-keymap";
import { saveKeymap } from "./save-keymap";

const { db } = await testDatabase();

test("a person's keys are theirs alone, and replace what they had", async () => {
  const org = await anOrg(db);
  await saveKeymap(org.reviewer, { keymap: { approve: "y", decline: "d" } });
  expect(await getKeymap(org.reviewer)).toEqual({ approve: "y" });
  expect(await getKeymap(org.auditor)).toEqual({});
  await saveKeymap(org.reviewer, { keymap: { "*": "off" } });
  expect(await getKeymap(org.reviewer)).toEqual({ "*": "off" });
  const entries = await db.select().from(schema.journal).where(eq(schema.journal.orgId, org.orgId));
  expect(entries.map(({ action }) => action)).toEqual(["keymap.saved", "keymap.saved"]);
});

test("a key that is taken is refused at its pointer, and nothing is kept", async () => {
  const { reviewer } = await anOrg(db);
  await saveKeymap(reviewer, { keymap: { approve: "y" } });
  await expect(saveKeymap(reviewer, { keymap: { approve: "d" } })).rejects.toMatchObject({
    code: "validation_failed",
    errors: [{ pointer: "/keymap/approve", code: "key_taken" }],
  });
  expect(await getKeymap(reviewer)).toEqual({ approve: "y" });
});

test("what else is kept of a person stays", async () => {
  const { reviewer, orgId } = await anOrg(db);
  await db.insert(schema.userSettings).values({ userId: reviewer.actor.id, orgId, skills: ["german"] });
  await saveKeymap(reviewer, { keymap: { approve: "y" } });
  const [row] = await db
    .select()
    .from(schema.userSettings)
    .where(eq(schema.userSettings.userId, reviewer.actor.id));
  expect(row).toMatchObject({ skills: ["german"], keymap: { approve: "y" } });
});

test("an app's key has no keys of its own", async () => {
  const org = await anOrg(db);
  const ctx = org.context({ kind: "key", id: "key_1", appId: "app_1", scopes: ["decisions:write"] });
  await expect(saveKeymap(ctx, { keymap: {} })).rejects.toMatchObject({ kind: "forbidden" });
});
