import { expect, test } from "vitest";
import type { Actor, Role } from "@/lib/identity/schema";
import { sourceOf } from "./source";

const person = (role: Role): Actor => ({ kind: "user", id: "u", name: "n", email: "e", role, via: "token" });
const key: Actor = { kind: "key", id: "k", appId: "a", scopes: ["feedback:write"] };

test("a reviewer and an auditor speak for themselves and for nobody else", () => {
  expect(sourceOf(person("reviewer"), undefined)).toBe("reviewer");
  expect(sourceOf(person("auditor"), undefined)).toBe("auditor");
  expect(sourceOf(person("reviewer"), "customer")).toBeUndefined();
  expect(sourceOf(person("auditor"), "reviewer")).toBeUndefined();
});

test("an app's key relays others and is never a person of ours", () => {
  expect(sourceOf(key, "customer")).toBe("customer");
  expect(sourceOf(key, "llm_auditor")).toBe("llm_auditor");
  expect(sourceOf(key, "system_of_record")).toBe("system_of_record");
  for (const source of ["reviewer", "auditor", undefined] as const)
    expect(sourceOf(key, source)).toBeUndefined();
});

test("an admin, who neither reviews nor audits, must say whom they speak for", () => {
  expect(sourceOf(person("admin"), undefined)).toBeUndefined();
  expect(sourceOf(person("admin"), "customer")).toBe("customer");
  expect(sourceOf(person("admin"), "auditor")).toBeUndefined();
});
