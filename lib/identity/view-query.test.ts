import { expect, test } from "vitest";
import { viewQuery } from "./view-query";

test.each([
  ["tab=mine&app=refund-desk", "app=refund-desk&tab=mine"],
  ["?status=approved&after=dec_1&before=dec_2", "status=approved"],
  ["created_at[gte]=2026-01-01T00:00:00Z", "created_at%5Bgte%5D=2026-01-01T00%3A00%3A00Z"],
  ["q=", ""],
  ["", ""],
  ["q=<script>alert(1)</script>#x", "q=%3Cscript%3Ealert%281%29%3C%2Fscript%3E%23x"],
])("%j is kept as %j", (given, kept) => {
  expect(viewQuery(given)).toBe(kept);
  expect(viewQuery(kept)).toBe(kept);
});
