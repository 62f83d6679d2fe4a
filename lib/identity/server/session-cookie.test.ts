import { createHmac } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { cookieValue, readSid, sessionCookieName, signSid } from "./session-cookie";

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const claimsOf = (token: string): unknown =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());

afterEach(() => vi.unstubAllEnvs());

test("the cookie's only claim is the session id", () => {
  const token = signSid("abc");
  expect(claimsOf(token)).toEqual({ sid: "abc" });
  expect(readSid(token)).toBe("abc");
});

test("a token of the algorithm none is refused", () => {
  const claims = encode({ sid: "abc" });
  expect(readSid(`${encode({ alg: "none", typ: "JWT" })}.${claims}.`)).toBeUndefined();
});

test("a token signed with another secret is refused", () => {
  const body = signSid("abc").split(".").slice(0, 2).join(".");
  const forged = createHmac("sha256", "another secret").update(body).digest("base64url");
  expect(readSid(`${body}.${forged}`)).toBeUndefined();
});

test("a token with any character changed is refused", () => {
  const token = signSid("abc");
  const changed = [...token].map(
    (was, at) => token.slice(0, at) + (was === "x" ? "y" : "x") + token.slice(at + 1),
  );
  // The last character of a base64url signature carries four bits: two spellings can mean the same bytes.
  expect(changed.filter((text) => readSid(text) !== undefined)).toEqual([]);
});

test.each([null, undefined, "", "a.b", "a.b.c.d", "x".repeat(5000)])("%s is no session", (token) => {
  expect(readSid(token)).toBeUndefined();
});

test("over TLS the cookie is tied to its host", () => {
  vi.stubEnv("COUNTERSIGN_ORIGIN", "https://countersign.example");
  expect(sessionCookieName()).toBe("__Host-countersign.session");
});

test("without TLS the cookie has a name a browser accepts", () => {
  vi.stubEnv("COUNTERSIGN_ORIGIN", "http://localhost:3000");
  expect(sessionCookieName()).toBe("countersign.session");
});

test("a cookie is found by its whole name", () => {
  const header = "other=1; xcountersign.session=no; countersign.session=yes; countersign.session.1=no";
  expect(cookieValue(header, "countersign.session")).toBe("yes");
  expect(cookieValue(null, "countersign.session")).toBeUndefined();
});
