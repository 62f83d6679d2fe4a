import { expect } from "@playwright/test";
import { aRow, type Checks, told } from "./key-stage";
import { pressKey } from "./press-key";

/** What each key of the list does. */
export const inList: Checks = {
  async next(page, request) {
    const row = await aRow(page, request);
    const first = (await row.textContent()) ?? "";
    await pressKey(page, "next");
    await expect(row).not.toHaveText(first);
    await pressKey(page, "previous");
    await pressKey(page, "next", 1);
    await expect(row).not.toHaveText(first);
  },
  async previous(page, request) {
    const row = await aRow(page, request);
    const name = (await row.getByRole("link").textContent()) ?? "";
    await pressKey(page, "next");
    await pressKey(page, "previous");
    await expect(row.getByRole("link")).toHaveText(name);
  },
  async open(page, request) {
    await aRow(page, request);
    await pressKey(page, "open");
    await expect(page.getByRole("toolbar", { name: "Verdict" })).toBeVisible();
    await aRow(page, request);
    await pressKey(page, "open", 1);
    await expect(page.getByRole("toolbar", { name: "Verdict" })).toBeVisible();
  },
  async peek(page, request) {
    await aRow(page, request);
    await pressKey(page, "peek");
    await expect(page.getByRole("complementary", { name: "Peek" })).toContainText("Exactly this");
    await pressKey(page, "next");
    await expect(page.getByRole("complementary", { name: "Peek" })).toBeVisible();
    await pressKey(page, "peek");
    await expect(page.getByRole("complementary", { name: "Peek" })).toHaveCount(0);
  },
  async select(page, request) {
    const row = await aRow(page, request);
    await pressKey(page, "select");
    await expect(row.getByRole("checkbox")).toBeChecked();
    await pressKey(page, "select");
    await expect(row.getByRole("checkbox")).not.toBeChecked();
  },
  async "extend.next"(page, request) {
    await aRow(page, request);
    await pressKey(page, "extend.next");
    await expect(page.getByText("2 selected")).toBeVisible();
  },
  async "extend.previous"(page, request) {
    await aRow(page, request);
    await pressKey(page, "next");
    await pressKey(page, "extend.previous");
    await expect(page.getByText("2 selected")).toBeVisible();
  },
  async approve(page, request) {
    await aRow(page, request);
    await pressKey(page, "approve");
    await told(page, "Approved");
  },
  async decline(page, request) {
    await aRow(page, request);
    await pressKey(page, "decline");
    await expect(page.getByRole("dialog", { name: "Decline" })).toBeVisible();
  },
  async "pick.1"(page, request) {
    await aRow(page, request);
    await pressKey(page, "decline");
    await expect(page.getByRole("list", { name: "Reasons" })).toBeVisible();
    await pressKey(page, "pick.1");
    await told(page, "Declined");
  },
  async submit(page, request) {
    await aRow(page, request);
    await pressKey(page, "extend.next");
    await pressKey(page, "approve");
    await expect(page.getByRole("dialog", { name: "Approve these 2 alike?" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Approve 2" })).toBeFocused();
    await pressKey(page, "submit");
    await told(page, "Approved 2");
  },
  async undo(page, request) {
    await aRow(page, request);
    await pressKey(page, "extend.next");
    await pressKey(page, "approve");
    await expect(page.getByRole("button", { name: "Approve 2" })).toBeFocused();
    await page.keyboard.press("Enter");
    await told(page, "Approved 2");
    await pressKey(page, "undo");
    await told(page, "Taken back: 2");
  },
  async forward(page, request) {
    await aRow(page, request);
    await pressKey(page, "forward");
    await expect(page.getByRole("dialog", { name: "Forward" })).toBeVisible();
  },
  async snooze(page, request) {
    await aRow(page, request);
    await pressKey(page, "snooze");
    await expect(page.getByRole("dialog", { name: "Snooze" })).toBeVisible();
    await pressKey(page, "pick.2");
    await told(page, /Snoozed/);
  },
  async claim(page, request) {
    await aRow(page, request);
    await pressKey(page, "claim");
    await told(page, "You hold it now");
  },
  async skip(page, request) {
    const row = await aRow(page, request);
    const name = (await row.getByRole("link").textContent()) ?? "";
    await pressKey(page, "skip");
    await expect(page.getByRole("link", { name, exact: true })).toHaveCount(0);
  },
  async more(page, request) {
    await aRow(page, request);
    await pressKey(page, "more");
    await expect(page.getByRole("combobox", { name: "Search or type a command" })).toBeFocused();
  },
  async back(page, request) {
    await aRow(page, request);
    await pressKey(page, "extend.next");
    await expect(page.getByText("2 selected")).toBeVisible();
    await pressKey(page, "back");
    await expect(page.getByText("2 selected")).toHaveCount(0);
  },
};
