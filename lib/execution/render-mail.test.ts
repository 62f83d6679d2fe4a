import { expect, test } from "vitest";
import { EmailAction } from "@/lib/apps/action-config";
import { EmailConnector } from "@/lib/apps/connector-config";
import { renderMail } from "./render-mail";
import { RenderError } from "./render-request";

const connector = EmailConnector.parse({
  kind: "email",
  host: "mail.example",
  from: "desk@shop.example",
  from_name: 'The "Desk"',
});
const action = (more: object = {}) =>
  EmailAction.parse({
    kind: "email",
    to: "{/email}, archive@shop.example",
    subject: "Your refund of {/amount}",
    text: "Refund {key}",
    ...more,
  });
const act = (email: string, amount = "5") => ({ actionKey: "exec_dec_1", arguments: { email, amount } });

test("a message's id is the action key, and its places are filled", () => {
  expect(renderMail(connector, action(), act("ada@example.test"))).toEqual({
    method: "SMTP",
    origin: "smtp://mail.example:587",
    path: "",
    headers: {
      from: '"The Desk" <desk@shop.example>',
      to: "ada@example.test, archive@shop.example",
      subject: "Your refund of 5",
      "message-id": "<exec_dec_1@shop.example>",
    },
    body: "Refund exec_dec_1",
    actionKey: "exec_dec_1",
  });
});

test.each([
  "a@x.test, b@x.test",
  "a@x.test>",
  "Ada <a@x.test>",
  "a@x.test\r\nBcc: b@x.test",
  "",
  "a b@x.test",
])("%j is not one address, and no message is made of it", (email) => {
  expect(() => renderMail(connector, action(), act(email))).toThrow(RenderError);
});

test.each(["a\r\nBcc: evil@x.test", "a\u2028b", "x".repeat(1000)])(
  "%j cannot stand in a subject",
  (amount) => {
    expect(() => renderMail(connector, action(), act("a@x.test", amount))).toThrow(RenderError);
  },
);
