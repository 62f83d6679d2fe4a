import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { origin } from "@/lib/server/origin";
import { readAuthRequest } from "./read-auth-request";

function asked(method: string, path: string, body?: string, headers: Record<string, string> = {}) {
  const request = new NextRequest(`${origin()}/api/auth${path}`, {
    method,
    body,
    headers: { origin: origin(), "content-type": "application/json", ...headers },
  });
  // As Next hands it to a route.
  return new Proxy(request, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}

test.each([
  ["a sign-in that is read instead of sent", asked("GET", "/callback/password"), "not_allowed"],
  ["a body that is no JSON", asked("POST", "/callback/password", "{"), "malformed"],
  ["a body that no sign-in needs", asked("POST", "/signout", " ".repeat(20_000)), "too_large"],
  ["an address to come back to that is none", asked("GET", "/session?callbackUrl=%00"), "malformed"],
  ["a script to come back to", asked("GET", "/signin?callbackUrl=javascript:1"), "malformed"],
  ["an error that no header can hold", asked("GET", "/error?error=%0d%0ax"), "malformed"],
  ["a path that is no text", asked("GET", "/error/%ff"), "malformed"],
  ["the same in the path", asked("GET", "/error/%E2%9C%93"), "malformed"],
  ["another site", asked("POST", "/signout", "{}", { origin: "https://evil.example" }), "forbidden"],
])("%s is the caller's mistake", async (_, request, kind) => {
  await expect(readAuthRequest(request)).rejects.toMatchObject({ kind });
});

test.each([
  ["{}", "application/json"],
  ["email=a&password=b", "application/x-www-form-urlencoded"],
])("what is in order can still be read: %s", async (body, type) => {
  const request = asked("POST", "/callback/password?callbackUrl=/inbox", body, { "content-type": type });
  const read = await readAuthRequest(request);
  expect(await read.text()).toBe(body);
  expect(read).toMatchObject({ method: "POST", url: request.url });
  expect(read.headers.get("content-type")).toBe(type);
});

test("signing out needs no body, but an empty one is no JSON", async () => {
  const plain = asked("POST", "/signout", undefined, { "content-type": "text/plain" });
  expect(await (await readAuthRequest(plain)).text()).toBe("");
  await expect(readAuthRequest(asked("POST", "/signout"))).rejects.toMatchObject({ kind: "malformed" });
});

test.each(["__Secure-next-auth.callback-url", "next-auth.callback-url"])(
  "a spoilt %s keeps nobody out, and every other cookie stays",
  async (name) => {
    const cookie = (value: string) => `a=1; ${name}=${encodeURIComponent(value)}; b=2`;
    const spoilt = await readAuthRequest(asked("GET", "/session", undefined, { cookie: cookie("http://[") }));
    expect(spoilt.cookies.getAll().map((each) => each.name)).toEqual(["a", "b"]);
    const good = asked("GET", "/session", undefined, { cookie: cookie(`${origin()}/inbox`) });
    expect((await readAuthRequest(good)).cookies.get(name)?.value).toBe(`${origin()}/inbox`);
  },
);
