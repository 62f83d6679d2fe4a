/** One of a system's own words, `requested_by_customer`: nothing that people write, and no id, for it has no digits. */
const keyword = /^[a-z]+(?:_[a-z]+)+$/;

/** A value as people read it: a system's own word is spelled in words, anything else stands as it is. */
export function keywordText(value: string): string {
  return keyword.test(value) ? value.replaceAll("_", " ") : value;
}
