import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

const app = path.join(import.meta.dirname, "..", "app");

/** The address of every page under app/, as its folders spell it: `/decisions/[id]`. */
export function pageRoutes(folder = app, at = ""): string[] {
  const own = existsSync(path.join(folder, "page.tsx")) ? [at === "" ? "/" : at] : [];
  const below = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "api")
    .flatMap(({ name }) =>
      // A folder in parentheses groups pages and is no part of their address.
      pageRoutes(path.join(folder, name), name.startsWith("(") ? at : `${at}/${name}`),
    );
  // docs/api is a page, app/api is not.
  const docs = folder.endsWith(path.join("app", "docs"))
    ? pageRoutes(path.join(folder, "api"), `${at}/api`)
    : [];
  return [...own, ...below, ...docs].toSorted();
}
