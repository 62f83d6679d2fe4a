import type { Metadata } from "next";
import Link from "next/link";
import { userContext } from "@/lib/identity/server/user-context";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { settingsPagesOf } from "@/lib/identity/settings-pages";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const { role } = (await userContext()).actor;
  return (
    <>
      {roleMay(role, "settings.open") ? null : (
        <p className="text-sm text-muted-foreground">
          What is yours to set. The organisation’s own settings are open to{" "}
          {matrix["settings.open"].roles.join(" and ")}.
        </p>
      )}
      <ul className="grid gap-3 sm:grid-cols-2">
        {settingsPagesOf(role).map(({ href, label, sentence }) => (
          <li key={href}>
            <Link
              href={href}
              className="flex h-full flex-col gap-0.5 rounded-card border bg-card px-4 py-3 hover:bg-surface-2"
            >
              <span className="text-base font-semibold">{label}</span>
              <span className="text-sm text-muted-foreground">{sentence}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
