import { expect, test, vi } from "vitest";
import { forgetGiven, keepGiven, latestGiven, showAgain, showsReviews, toastOf } from "./given";

test("the latest is taken back first, then the one before it", () => {
  keepGiven({ ids: ["a"], toastId: 1 });
  keepGiven({ ids: ["b", "c"], toastId: 2 });
  expect(latestGiven()?.ids).toEqual(["b", "c"]);
  expect(toastOf(["a"])).toBe(1);
  forgetGiven(["b", "c"], "taken back");
  expect(latestGiven()?.ids).toEqual(["a"]);
  forgetGiven(["a"], "taken back");
  expect(latestGiven()).toBeUndefined();
});

test("when one comes too late those before it do as well", () => {
  for (const id of ["a", "b", "c"]) keepGiven({ ids: [id], toastId: 1 });
  forgetGiven(["b"], "too late");
  expect(latestGiven()?.ids).toEqual(["c"]);
  forgetGiven(["c"], "taken back");
  expect(latestGiven()).toBeUndefined();
});

test("a review is shown by the screen that is there, not by the one that was left", () => {
  const [focus, list] = [vi.fn(), vi.fn()];
  const leaveFocus = showsReviews(focus);
  const leaveList = showsReviews(list);
  leaveFocus();
  expect(showAgain("a")).toBe(true);
  expect(list).toHaveBeenCalledWith("a");
  expect(focus).not.toHaveBeenCalled();
  leaveList();
  expect(showAgain("a")).toBe(false);
});
