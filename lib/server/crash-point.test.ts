import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  vi.resetModules();
});

async function crashPointWith(asked: string | undefined) {
  vi.resetModules();
  vi.stubEnv("CRASH_AT", asked);
  const kill = vi.spyOn(process, "kill").mockReturnValue(true);
  const { crashPoint } = await import("./crash-point");
  return { crashPoint, kill };
}

test("a process that nobody tortures passes every place", async () => {
  const { crashPoint, kill } = await crashPointWith(undefined);
  crashPoint("send.before");
  crashPoint("intake.after_commit");
  expect(kill).not.toHaveBeenCalled();
});

test("it ends at the place that is named, the time that is named", async () => {
  const { crashPoint, kill } = await crashPointWith("send.before@2");
  crashPoint("send.after");
  crashPoint("send.before");
  expect(kill).not.toHaveBeenCalled();
  crashPoint("send.before");
  expect(kill).toHaveBeenCalledWith(process.pid, "SIGKILL");
});
