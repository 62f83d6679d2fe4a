import { expect, test } from "vitest";
import { deviceName } from "./device-name";
import { sectionsOf, settingsPages, settingsPagesOf } from "./settings-pages";

const hrefs = (role: Parameters<typeof settingsPagesOf>[0]) => settingsPagesOf(role).map(({ href }) => href);

test("a reviewer's settings are what they may read, and their own tokens, keys and account", () => {
  expect(hrefs("reviewer")).toEqual([
    "/settings/approvals",
    "/settings/agents",
    "/settings/tokens",
    "/settings/keyboard",
    "/settings/notifications",
    "/settings/account",
  ]);
});

test("an admin sees every settings page, an auditor all but the one that only takes files in", () => {
  expect(hrefs("admin")).toHaveLength(settingsPages.length);
  expect(hrefs("auditor")).toEqual(hrefs("admin").filter((href) => href !== "/settings/imports"));
});

test("a reviewer has no audits in the navigation", () => {
  expect(sectionsOf("reviewer")).not.toContain("audits");
  expect(sectionsOf("auditor")).toContain("audits");
});

test.each([
  ["Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36", "Chrome on Linux"],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iOS"],
  ["Mozilla/5.0 (Windows NT 10.0; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox on Windows"],
  ["curl/8.5.0", "curl/8.5.0"],
  [null, "Unknown device"],
])("%s is called %s", (userAgent, name) => {
  expect(deviceName(userAgent)).toBe(name);
});
