import { roleMay, type Capability } from "./matrix";
import type { Role } from "./schema";

type SettingsPage = { href: string; label: string; needs: Capability };

/** The settings pages in the order of their tabs, and what a person needs to open each. */
export const settingsPages = [
  { href: "/settings/members", label: "Members", needs: "members.read" },
  { href: "/settings/keys", label: "API keys", needs: "keys.read" },
  { href: "/settings/tokens", label: "Personal tokens", needs: "tokens.write" },
  { href: "/settings/account", label: "Account", needs: "tokens.write" },
] as const satisfies readonly SettingsPage[];

/** The settings pages this role may open. */
export function settingsPagesOf(role: Role): readonly SettingsPage[] {
  return settingsPages.filter((page) => roleMay(role, page.needs));
}
