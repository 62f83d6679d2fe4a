import { describe, expect, test } from "vitest";
import { HttpAction, WebhookAction } from "@/lib/apps/action-config";
import type { JsonObject } from "@/lib/kernel/json";
import { renderLookup, renderMessage, RenderError, renderRequest } from "./render-request";

const act = (args: JsonObject) => ({ actionKey: "exec_dec_1", arguments: args });
const action = (more: object) => HttpAction.parse({ method: "POST", path: "/v1/refunds", ...more });

test("a JSON body is the template with its arguments and the action key in place", () => {
  const body = {
    charge: { $arg: "/charge" },
    lines: [{ sku: { $arg: "/skus/1" } }, { $arg: "/note" }],
    metadata: { action_key: { $key: true }, source: "countersign", $arg: "left as it is: not alone" },
  };
  const request = renderRequest(
    "https://pay.example/api/",
    action({ body }),
    act({ charge: "ch_1", skus: ["a", "b"] }),
  );
  expect(request).toEqual({
    method: "POST",
    origin: "https://pay.example",
    path: "/api/v1/refunds",
    headers: {
      accept: "application/json",
      "content-type": "application/json",
      "idempotency-key": "exec_dec_1",
    },
    body: JSON.stringify({
      charge: "ch_1",
      lines: [{ sku: "b" }],
      metadata: { action_key: "exec_dec_1", source: "countersign", $arg: "left as it is: not alone" },
    }),
    actionKey: "exec_dec_1",
  });
});

test("a form body nests with brackets, escapes, and leaves out what is null or was not given", () => {
  const body = {
    amount: 1800,
    note: { $arg: "/note" },
    metadata: { "a&b": { $arg: "/who" } },
    expand: ["x y", true],
    gone: null,
  };
  const request = renderRequest(
    "https://pay.example",
    action({ body, body_format: "form", key_header: null }),
    act({ who: "Æ=1" }),
  );
  expect(request.body).toBe("amount=1800&metadata[a%26b]=%C3%86%3D1&expand[0]=x%20y&expand[1]=true");
  expect(request.headers).toEqual({
    accept: "application/json",
    "content-type": "application/x-www-form-urlencoded",
  });
});

test("nothing is sent as the body where the action has none", () => {
  expect(renderRequest("https://pay.example", action({ method: "DELETE" }), act({}))).toMatchObject({
    body: null,
  });
});

describe("an argument in the path", () => {
  const path = (id: JsonObject[string]) =>
    renderRequest("https://shop.example/api", action({ path: "/orders/{/id}/cancel" }), act({ id })).path;

  test.each([
    ["8841", "/api/orders/8841/cancel"],
    [8841, "/api/orders/8841/cancel"],
    ["a/b", "/api/orders/a%2Fb/cancel"],
    ["../admin", "/api/orders/..%2Fadmin/cancel"],
    ["a?b#c", "/api/orders/a%3Fb%23c/cancel"],
    ["é x", "/api/orders/%C3%A9%20x/cancel"],
    ["%2e%2e", "/api/orders/%252e%252e/cancel"],
  ])("%j stays in its place", (id, expected) => expect(path(id)).toBe(expected));

  test.each([[".."], ["."], [""], [null], [{ a: 1 }], [["x"]], ["\uD800"]])("%j is refused", (id) => {
    expect(() => path(id)).toThrow(/argument/);
  });

  test("is needed", () =>
    expect(() => renderRequest("https://x.example", action({ path: "/{/id}" }), act({}))).toThrow(
      "needs the argument /id",
    ));
});

test.each(["Authorization", "host", "Content-Length", "Transfer-Encoding", "Cookie"])(
  "an action cannot set %s",
  (name) => {
    expect(() =>
      renderRequest("https://x.example", { ...action({}), headers: { [name]: "x" } }, act({})),
    ).toThrow("not an action's to set");
  },
);

test("a look-up is a GET by our key", () => {
  const lookup = {
    path: "/v1/refunds?metadata[action_key]={key}&charge={/charge}",
    found_pointer: "/data",
    reference_pointer: "/data/0/id",
  };
  expect(renderLookup("https://pay.example", action({ lookup }), act({ charge: "ch&1" }))).toEqual({
    method: "GET",
    origin: "https://pay.example",
    path: "/v1/refunds?metadata[action_key]=exec_dec_1&charge=ch%261",
    headers: { accept: "application/json" },
    body: null,
    actionKey: "exec_dec_1",
  });
  expect(renderLookup("https://pay.example", action({}), act({}))).toBeNull();
});

test("query and header places take arguments: a list is repeated, what was not given is left out", () => {
  const made = action({
    query: { status: { $arg: "/status" }, tag: { $arg: "/tags" }, page: { $arg: "/page" }, v: 2 },
    argument_headers: { "X-Tenant": { $arg: "/tenant" }, "X-Trace": { $arg: "/trace" } },
  });
  const request = renderRequest(
    "https://pay.example",
    made,
    act({ status: "a&b", tags: ["x", "y z"], tenant: "t 1" }),
  );
  expect(request.path).toBe("/v1/refunds?status=a%26b&tag=x&tag=y%20z&v=2");
  expect(request.headers).toMatchObject({ "x-tenant": "t 1" });
  expect(request.headers).not.toHaveProperty("x-trace");
});

test.each([
  ["a header that would break the line", { argument_headers: { "X-A": { $arg: "/a" } } }, { a: "x\r\ny: z" }],
  ["an object as a query parameter", { query: { a: { $arg: "/a" } } }, { a: { b: 1 } }],
])("no request is made of %s", (_name, more, args) => {
  expect(() => renderRequest("https://pay.example", action(more), act(args))).toThrow(RenderError);
});

test("a message is the same bytes whenever it is rendered, and its id is the action key", () => {
  const webhook = WebhookAction.parse({ kind: "webhook", event: "refund.requested" });
  const message = renderMessage("https://hooks.example/in/", webhook, act({ amount: 5 }));
  expect(message).toEqual(renderMessage("https://hooks.example/in/", webhook, act({ amount: 5 })));
  expect(message).toMatchObject({ method: "POST", path: "/in/", headers: { "webhook-id": "exec_dec_1" } });
  expect(JSON.parse(message.body ?? "")).toEqual({
    type: "refund.requested",
    data: { action_key: "exec_dec_1", arguments: { amount: 5 } },
  });
});
