import { expect, test } from "vitest";
import { oidcRefusals } from "./server/sign-in-with-oidc";
import { signInSentence } from "./sign-in-sentences";

test("a wrong password and an unknown person are told the same", () => {
  expect(signInSentence("CredentialsSignin")).toBe("E-mail or password is wrong.");
});

test("the seconds to wait are told", () => {
  expect(signInSentence("wait:32")).toBe("Too many tries. Wait 32 seconds, then try again.");
});

test.each([...oidcRefusals])("the refusal %s has a sentence of its own", (reason) => {
  expect(signInSentence(reason)).not.toBe(signInSentence("something else"));
});

test.each(["constructor", "__proto__", "<script>alert(1)</script>"])("%s is never echoed", (error) => {
  expect(signInSentence(error)).toBe("The sign-in did not work. Try again, or ask an admin.");
});
