import type { Doable } from "@/components/shell/shortcut-registry";
import { type SectionId, sections } from "@/components/shell/sections";
import { isKeyId, type KeyId } from "@/lib/identity/key-map";
import type { FoundWork } from "@/lib/reviews/search";

/** One line of the palette. */
export type Command = {
  id: string;
  group: string;
  label: string;
  /** Hostile text: shown as such. */
  detail?: string;
  /** Printed beside it: the action's keys, or a page's key of the map. */
  keys?: string;
  keyId?: KeyId;
  /** The palette stays behind what this opens. */
  stays?: true;
  run: () => void;
};

/** The commands whose words hold every word of the text, in any order; all for no text. */
export function matching(text: string, commands: Command[]): Command[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter(({ group, label }) => {
    const said = `${group} ${label}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

const shared = "Everywhere";
const never = new Set(["palette", "search", "back"]);

/** What the page that is open can do, each with its key. Moving to a section stands among the pages. */
export function shortcutCommands(groups: { title: string; shortcuts: Doable[] }[]): Command[] {
  // What is of this page first: the rest works everywhere.
  const ordered = groups.toSorted(
    (one, other) => Number(one.title === shared) - Number(other.title === shared),
  );
  return ordered.flatMap(({ title, shortcuts }) =>
    shortcuts
      .filter(({ id }) => !never.has(id) && !id.startsWith("go."))
      .map(({ id, label, keys, run }) => ({
        id: `do ${title} ${id}`,
        group: title,
        label,
        keys: keys[0],
        run: () => run(new KeyboardEvent("keydown")),
      })),
  );
}

/** The rooms and settings pages this person may open. */
export function pageCommands(
  ids: SectionId[],
  pages: { href: string; label: string }[],
  go: (href: string) => void,
): Command[] {
  const rooms = ids.map((id): Command => {
    const { label, href } = sections[id];
    const key = `go.${id}`;
    return {
      id: `go ${href}`,
      group: "Pages",
      label,
      keyId: isKeyId(key) ? key : undefined,
      run: () => go(href),
    };
  });
  return [
    ...rooms,
    ...pages.map(({ href, label }) => ({
      id: `go ${href}`,
      group: "Pages",
      label: `Settings: ${label}`,
      run: () => go(href),
    })),
  ];
}

/** What the server found for the text. */
export function foundCommands(found: FoundWork | undefined, go: (href: string) => void): Command[] {
  if (!found) return [];
  return [
    ...found.decisions.map(({ id, review_id, waiting, summary, app, status }) => ({
      id: `found ${id}`,
      group: "Found",
      label: waiting ? "Review" : "Decision",
      detail: `${summary} · ${app} · ${status.replaceAll("_", " ")}`,
      run: () => go(waiting && review_id ? `/inbox/${review_id}` : `/decisions/${id}`),
    })),
    ...found.apps.map(({ id, name }) => ({
      id: `found ${id}`,
      group: "Found",
      label: "App",
      detail: name,
      run: () => go(`/apps/${id}`),
    })),
  ];
}

type StopChoice = { scope: "global" } | { scope: "app"; scope_id: string; name: string };

/** Stopping everything, or an app that was found by its name. */
export function stopCommands(
  apps: { id: string; name: string }[],
  ask: (stop: StopChoice) => void,
): Command[] {
  return [
    {
      id: "stop",
      group: "Stop",
      label: "Stop everything…",
      stays: true,
      run: () => ask({ scope: "global" }),
    },
    ...apps.map(({ id, name }) => ({
      id: `stop ${id}`,
      group: "Stop",
      label: `Stop ${name}…`,
      stays: true as const,
      run: () => ask({ scope: "app", scope_id: id, name }),
    })),
  ];
}
