import { describe, expect, test } from "vitest";
import { may } from "@/lib/server/authorize";
import { capabilities, matrix, roleMay, scopesMay, type Capability } from "./matrix";
import { roles, scopes, type Actor, type Role, type Scope } from "./schema";

const person = (role: Role): Actor => ({
  kind: "user",
  id: "usr_1",
  name: "A",
  email: "a@example.test",
  role,
  via: "session",
});
const key = (held: readonly Scope[]): Actor => ({ kind: "key", id: "key_1", appId: "app_1", scopes: held });
const scopeSets: Scope[][] = [[], ...scopes.map((scope) => [scope]), [...scopes]];

function granted(capability: Capability): { roles: readonly Role[]; scopes: readonly Scope[] } {
  const grant: { roles: readonly Role[]; scopes?: readonly Scope[] } = matrix[capability];
  return { roles: grant.roles, scopes: grant.scopes ?? [] };
}

describe.each(capabilities)("%s", (capability) => {
  test.each(roles)("a person who is %s holds it exactly when the matrix says so", (role) => {
    const expected = granted(capability).roles.includes(role);
    expect(may(person(role), capability)).toBe(expected);
    expect(roleMay(role, capability)).toBe(expected);
  });

  test.each(scopeSets.map((held) => [held.join("+") || "no scope", held] as const))(
    "a key with %s holds it exactly when the matrix says so",
    (_, held) => {
      const expected = granted(capability).scopes.some((scope) => held.includes(scope));
      expect(may(key(held), capability)).toBe(expected);
      expect(scopesMay(held, capability)).toBe(expected);
    },
  );
});

describe("separation of duties", () => {
  test("no person may submit decisions", () => {
    expect(roles.filter((role) => roleMay(role, "decisions.submit"))).toEqual([]);
  });

  test.each(["reviews.rule", "audits.judge", "appeals.resolve"] as const)(
    "no key and no timer may %s",
    (capability) => {
      expect(may(key(scopes), capability)).toBe(false);
      expect(may({ kind: "system", id: "worker" }, capability)).toBe(false);
    },
  );

  test("who rules does not administer, and who audits does neither", () => {
    const rules = roles.filter((role) => roleMay(role, "reviews.rule"));
    const administers = roles.filter((role) => roleMay(role, "members.write"));
    const audits = roles.filter((role) => roleMay(role, "audits.judge"));
    expect([rules, administers, audits]).toEqual([["reviewer"], ["admin"], ["auditor"]]);
  });

  test("nobody but the system runs what the system runs", () => {
    expect(roles.some((role) => roleMay(role, "system.run"))).toBe(false);
    expect(scopesMay(scopes, "system.run")).toBe(false);
  });

  test("a key holds nothing of reading people, keys or the journal", () => {
    const closed = ["members.read", "keys.read", "journal.read", "settings.open", "tokens.write"] as const;
    expect(closed.filter((capability) => scopesMay(scopes, capability))).toEqual([]);
  });
});
