/** Remembers the environment of now. What it returns gives it back: what was set since is gone, what was changed is as it was. */
export function rememberEnvironment(): () => void {
  const then = { ...process.env };
  return () => {
    for (const name of Object.keys(process.env)) if (!(name in then)) delete process.env[name];
    Object.assign(process.env, then);
  };
}
