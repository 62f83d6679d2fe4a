import { expect, test } from "vitest";
import { oneTimeTokens, users } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { completeSetup } from "./complete-setup";
import { ensureSetupToken } from "./setup-token";
import { publicContextIn } from "./system-context";
import { journalOf } from "./testing-journal";

// With no organisation in it and nobody.
const { db } = await testDatabase();
const form = { orgName: "Acme", name: "Ada", email: "ada@acme.test", password: "violet harbour sextant" };

test("the set-up is done once with the printed token, of which only the hash is kept", async () => {
  const token = (await ensureSetupToken(db)) ?? "";
  const second = (await ensureSetupToken(db)) ?? "";
  expect(JSON.stringify(await db.select().from(oneTimeTokens))).not.toContain(token);
  const ctx = await publicContextIn(db);
  expect(ctx.orgId).toBe("");
  await expect(completeSetup(ctx, { ...form, token: "guess" })).rejects.toMatchObject({ kind: "gone" });
  await expect(completeSetup(ctx, { ...form, token, password: "short" })).rejects.toMatchObject({
    code: "weak_password",
  });
  const race = await Promise.allSettled([
    completeSetup(ctx, { ...form, token }),
    completeSetup(ctx, { ...form, token: second, email: "eve@acme.test" }),
  ]);
  expect(race.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  const made = await db.select().from(users);
  expect(made).toEqual([expect.objectContaining({ role: "admin" })]);
  expect(await journalOf({ ...ctx, orgId: made[0]?.orgId ?? "" }, made[0]?.id ?? "")).toEqual([
    "system:sign-in member.joined",
  ]);
  expect(await ensureSetupToken(db)).toBeUndefined();
  await expect(completeSetup(ctx, { ...form, token: second })).rejects.toMatchObject({ kind: "gone" });
});
