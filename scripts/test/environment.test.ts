import { expect, test } from "vitest";
import { rememberEnvironment } from "./environment";

test("what a test file sets, changes or takes away is as it was for the next file", () => {
  process.env.COUNTERSIGN_TEST_KEPT = "before";
  process.env.COUNTERSIGN_TEST_TAKEN = "before";
  const restore = rememberEnvironment();
  process.env.COUNTERSIGN_TEST_KEPT = "after";
  delete process.env.COUNTERSIGN_TEST_TAKEN;
  process.env.COUNTERSIGN_TEST_NEW = "after";
  restore();
  expect(process.env.COUNTERSIGN_TEST_KEPT).toBe("before");
  expect(process.env.COUNTERSIGN_TEST_TAKEN).toBe("before");
  expect("COUNTERSIGN_TEST_NEW" in process.env).toBe(false);
  delete process.env.COUNTERSIGN_TEST_KEPT;
  delete process.env.COUNTERSIGN_TEST_TAKEN;
});
