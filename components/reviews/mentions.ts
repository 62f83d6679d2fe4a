import type { Colleague } from "@/lib/reviews/notes";

/** What is being typed after an `@`, and where it begins. */
export type Asking = { start: number; text: string };
export type Picked = Pick<Colleague, "id" | "name">;

const mostOffered = 6;
const longestAsked = 40;

/** The name being typed at the caret; undefined when none is. An `@` inside a word is an address, not a name. */
export function askingAt(text: string, caret: number): Asking | undefined {
  const before = text.slice(Math.max(0, caret - longestAsked), caret);
  const found = /(^|[\s([{])@([\p{L}\p{N}.'’-]*(?: [\p{L}\p{N}.'’-]*)?)$/u.exec(before);
  const asked = found?.[2];
  return asked === undefined ? undefined : { start: caret - asked.length - 1, text: asked };
}

/** Who is offered for what was typed: a part of the name that begins with it comes first. */
export function offered(people: readonly Colleague[], { text }: Asking): Colleague[] {
  const asked = text.toLocaleLowerCase();
  const ranked = people.flatMap((person) => {
    const name = person.name.toLocaleLowerCase();
    if (name.startsWith(asked)) return [{ person, rank: 0 }];
    if (name.split(/\s+/).some((part) => part.startsWith(asked))) return [{ person, rank: 1 }];
    return asked !== "" && name.includes(asked) ? [{ person, rank: 2 }] : [];
  });
  return ranked
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, mostOffered)
    .map(({ person }) => person);
}

/** The text with a name in place of what was typed, and where the caret stands then. */
export function withName(text: string, asking: Asking, name: string): { text: string; caret: number } {
  const head = `${text.slice(0, asking.start)}@${name} `;
  const tail = text.slice(asking.start + 1 + asking.text.length);
  return { text: head + tail.replace(/^ /, ""), caret: head.length };
}

/** The ids of those who were picked and are still named. */
export function namedIn(text: string, picked: readonly Picked[]): string[] {
  return [...new Set(picked.filter(({ name }) => text.includes(`@${name}`)).map(({ id }) => id))];
}
