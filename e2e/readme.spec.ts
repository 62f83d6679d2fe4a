import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";

test("the README's first call, copied into a shell, is answered with a decision", ({ baseURL }) => {
  const readme = readFileSync("README.md", "utf8");
  const command = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map((block) => block[1]).find(isCall);
  expect(command).toBeDefined();
  const folder = mkdtempSync(path.join(tmpdir(), "countersign-readme-"));
  try {
    symlinkSync(path.resolve(process.env.COUNTERSIGN_DATA_DIR ?? "data"), path.join(folder, "data"));
    const here = command?.replaceAll("http://localhost:3000", baseURL ?? "") ?? "";
    const run = () =>
      JSON.parse(execFileSync("sh", ["-ec", here], { cwd: folder, encoding: "utf8" })) as object;
    const first = run();
    expect(first).toMatchObject({ object: "decision", type: "refund.issue", confidence: { raw: 0.91 } });
    // The same key again is the same decision, as the README says.
    expect(run()).toMatchObject({ id: (first as { id: string }).id });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const isCall = (block: string | undefined) => block?.includes("/api/v1/decisions");
