"use client";

import { type LucideIcon, Monitor, Moon, Rows2, Rows3, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useId } from "react";
import { CornerPanel, panelRow } from "@/components/shell/corner-panel";
import { usePreference } from "@/components/shell/preferences";
import { cn } from "@/components/ui/class-names";

type Choice<V extends string> = { value: V; label: string; icon: LucideIcon };

const themes = [
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
  { value: "system", label: "System", icon: Monitor },
] as const satisfies Choice<string>[];

const densities = [
  { value: "compact", label: "Compact", icon: Rows3 },
  { value: "comfortable", label: "Comfortable", icon: Rows2 },
] as const satisfies Choice<string>[];

type ChoicesProps<V extends string> = {
  legend: string;
  choices: readonly Choice<V>[];
  value: string;
  onChoose: (value: V) => void;
};

function Choices<V extends string>({ legend, choices, value, onChoose }: ChoicesProps<V>) {
  const name = useId();
  return (
    <fieldset>
      <legend className="px-2 py-1 text-xs text-muted-foreground">{legend}</legend>
      {choices.map(({ value: choice, label, icon: Icon }) => (
        <label key={choice} className={cn(panelRow, "cursor-pointer has-checked:font-semibold")}>
          <Icon aria-hidden />
          <span className="grow">{label}</span>
          <input
            type="radio"
            name={name}
            checked={value === choice}
            onChange={() => onChoose(choice)}
            className="size-3.5 accent-(--primary)"
          />
        </label>
      ))}
    </fieldset>
  );
}

const panelId = "theme-and-density";

/** What its key does: opens the panel with the choice in force focused, or closes it. */
export function toggleThemeMenu(): void {
  const panel = document.getElementById(panelId);
  panel?.togglePopover();
  panel?.querySelector<HTMLInputElement>("input:checked")?.focus();
}

/** Light, dark or the system's; compact or comfortable rows. */
export function ThemeMenu() {
  const { theme = "system", setTheme } = useTheme();
  const [density, setDensity] = usePreference("density");
  const trigger = (
    <>
      <Sun aria-hidden className="dark:hidden" />
      <Moon aria-hidden className="hidden dark:block" />
    </>
  );
  return (
    <CornerPanel id={panelId} label="Theme and density" trigger={trigger}>
      <Choices legend="Theme" choices={themes} value={theme} onChoose={setTheme} />
      <hr className="-mx-1.5 my-1" />
      <Choices legend="Rows" choices={densities} value={density} onChoose={setDensity} />
    </CornerPanel>
  );
}
