import { describe, expect, test } from "vitest";
import { answerKind, pagePolicy, securityHeaders } from "./security-headers";

const options = { nonce: "bm9uY2U=", mode: "production", https: false } as const;

test.each([
  ["/", "page"],
  ["/inbox/rev_1", "page"],
  ["/docs/api", "page"],
  ["/api/v1/decisions", "api"],
  ["/api/openapi.json", "api"],
  ["/api/auth/callback/credentials", "auth"],
  ["/_next/static/chunks/a.js", "asset"],
  ["/feedback.js", "embed"],
  ["/favicon.svg", "picture"],
  ["/feedback/fbl_1", "page"],
  ["/feedback.jsx", "page"],
])("%s is answered as %s", (path, kind) => expect(answerKind(path)).toBe(kind));

describe("a page's policy in production", () => {
  const policy = pagePolicy(options);
  test("runs our scripts and those with this request's nonce, nothing else", () => {
    expect(policy).toContain("script-src 'self' 'nonce-bm9uY2U=';");
    expect(policy).not.toContain("strict-dynamic");
    expect(policy).not.toContain("unsafe-eval");
  });
  test("allows style attributes but no style element without the nonce", () => {
    expect(policy).toContain("style-src 'self' 'nonce-bm9uY2U='; style-src-attr 'unsafe-inline'");
  });
  test("starts from nothing and demands Trusted Types", () => {
    expect(policy.startsWith("default-src 'none'")).toBe(true);
    expect(policy).toContain("require-trusted-types-for 'script'");
  });
});

test("an API answer is a sandbox that may load nothing", () => {
  const headers = securityHeaders("api", options);
  expect(headers["Content-Security-Policy"]).toMatch(/^default-src 'none';.*; sandbox$/);
  expect(headers["Cache-Control"]).toBe("no-store");
});

test("next-auth's answers may post forms to us", () => {
  expect(securityHeaders("auth", options)["Content-Security-Policy"]).toContain("form-action 'self'");
});

test("a static file keeps the caching its server gives it", () => {
  expect(securityHeaders("asset", options)).not.toHaveProperty("Cache-Control");
});

test("the icon is kept: a browser asks for it at each change of the address", () => {
  expect(securityHeaders("picture", options)["Cache-Control"]).toBe("public, max-age=86400");
});

test("HSTS is said over https only", () => {
  expect(securityHeaders("page", options)).not.toHaveProperty("Strict-Transport-Security");
  expect(securityHeaders("page", { ...options, https: true })).toMatchObject({
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
  });
});

test.each(["page", "api", "auth", "asset"] as const)(
  "no answer of kind %s opens itself to other origins",
  (kind) => {
    const names = Object.keys(securityHeaders(kind, options)).map((name) => name.toLowerCase());
    expect(names.filter((name) => name.startsWith("access-control-"))).toEqual([]);
  },
);

test("only the snippet may be loaded by pages of other sites", () => {
  for (const kind of ["page", "api", "auth", "asset"] as const)
    expect(securityHeaders(kind, options)["Cross-Origin-Resource-Policy"]).toBe("same-origin");
  const headers = securityHeaders("embed", options);
  expect(headers["Cross-Origin-Resource-Policy"]).toBe("cross-origin");
  expect(headers["X-Content-Type-Options"]).toBe("nosniff");
});
