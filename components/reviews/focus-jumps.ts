const zones =
  "main section[aria-label=Evidence], main section[aria-label=Proposal], main section[aria-label=Why]";

function land(element: HTMLElement): void {
  if (!element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "start" });
}

/** On a phone one zone is in sight at a time: this brings another before something in it is landed on. */
function reveal(element: HTMLElement, then: () => void): void {
  if (element.offsetParent !== null) return then();
  const zone = element.closest(zones)?.getAttribute("aria-label");
  const parts = document.querySelectorAll<HTMLButtonElement>("nav[aria-label='Parts of the review'] button");
  [...parts].find((part) => part.textContent === zone)?.click();
  requestAnimationFrame(then);
}

/** The sections by their headings, in the order they are read. */
function sections(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(zones)]
    .flatMap((zone) => [...zone.querySelectorAll<HTMLElement>("h2")])
    .map((heading) => heading.closest<HTMLElement>("section") ?? heading);
}

/** Walks the sections of the review in sight, from the one that has the focus. */
export function stepSection(by: 1 | -1): void {
  const shown = sections().filter((section) => section.offsetParent !== null);
  const at = shown.findIndex((section) => section === document.activeElement);
  const from = at < 0 && by === -1 ? shown.length : at;
  const next = shown[Math.min(shown.length - 1, Math.max(0, from + by))];
  if (next) land(next);
}

/** Goes to the first section whose heading says so; false when there is none. */
export function jumpTo(said: RegExp): boolean {
  const section = sections().find((each) => said.test(each.querySelector("h2")?.textContent ?? ""));
  if (section) reveal(section, () => land(section));
  return section !== undefined;
}

function noteField(): HTMLTextAreaElement | undefined {
  const fields = [...document.querySelectorAll<HTMLTextAreaElement>("main textarea")];
  return fields.find((field) => /\bnote/i.test(field.labels[0]?.textContent ?? field.ariaLabel ?? ""));
}

/** Puts the cursor into the field for a note; false where there is none. */
export function writeNote(): boolean {
  const field = noteField();
  if (!field) return false;
  reveal(field, () => {
    field.scrollIntoView({ block: "nearest" });
    field.focus();
  });
  return true;
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
