const zones =
  "main section[aria-label=Evidence], main section[aria-label=Proposal], main section[aria-label=Why]";

function land(element: HTMLElement): void {
  if (!element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "start" });
}

/** The sections in sight, by their headings, in the order they are read. */
function sectionsShown(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(zones)]
    .flatMap((zone) => [...zone.querySelectorAll<HTMLElement>("h2")])
    .map((heading) => heading.closest<HTMLElement>("section") ?? heading)
    .filter((section) => section.offsetParent !== null);
}

/** Walks the sections of the review on screen, from the one that has the focus. */
export function stepSection(by: 1 | -1): void {
  const sections = sectionsShown();
  const at = sections.findIndex((section) => section === document.activeElement);
  const from = at < 0 && by === -1 ? sections.length : at;
  const next = sections[Math.min(sections.length - 1, Math.max(0, from + by))];
  if (next) land(next);
}

/** Goes to the first section whose heading says so; false when there is none on the screen. */
export function jumpTo(said: RegExp): boolean {
  const section = sectionsShown().find((each) => said.test(each.querySelector("h2")?.textContent ?? ""));
  if (section) land(section);
  return section !== undefined;
}

function noteField(): HTMLTextAreaElement | undefined {
  const fields = [...document.querySelectorAll<HTMLTextAreaElement>("main textarea")];
  return fields.find((field) => /\bnote/i.test(field.labels[0]?.textContent ?? field.ariaLabel ?? ""));
}

/** Puts the cursor into the field for a note; false where there is none. */
export function writeNote(): boolean {
  const field = noteField();
  field?.scrollIntoView({ block: "nearest" });
  field?.focus();
  return field !== undefined;
}

/** Sends the note as it is written, if anything is. */
export function saveNote(): boolean {
  const field = noteField();
  if (!field?.form || field.value.trim() === "") return false;
  field.form.requestSubmit();
  return true;
}

/** One screen further through the evidence; where it does not scroll by itself, through the page. */
export function scrollEvidence(): void {
  const zone = document.querySelector<HTMLElement>("main section[aria-label=Evidence]");
  const own = zone && zone.scrollHeight > zone.clientHeight + 1 ? zone : undefined;
  (own ?? window).scrollBy({ top: (own?.clientHeight ?? window.innerHeight) * 0.85 });
}
