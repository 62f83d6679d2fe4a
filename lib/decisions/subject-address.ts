/** What stands for personal data in a subject's id that this reader may not see. */
const masked = /\[[A-Z][^[\]]*\]/;

/** The page of everything decided about one subject; null where its id is masked: there is no such page. */
export function subjectPage(subject: { type: string; id: string }): string | null {
  return masked.test(subject.id) ? null : subjectAddress(subject);
}

/** The address of everything decided about a subject that is known by name. */
export function subjectAddress({ type, id }: { type: string; id: string }): string {
  return `/subjects/${encodeURIComponent(type)}/${encodeURIComponent(id)}`;
}
