import type { Metadata } from "next";
import { SettingsSection } from "@/components/identity/settings-section";
import { KeymapEditor } from "@/components/shell/keymap-editor";

export const metadata: Metadata = { title: "Keyboard" };

export default function KeyboardPage() {
  return (
    <SettingsSection
      title="Your shortcuts"
      description="They are yours alone, follow you to every browser, and hold at once. The keys printed on buttons and in the list under ? are these."
    >
      <KeymapEditor />
    </SettingsSection>
  );
}
