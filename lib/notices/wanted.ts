import { noticeWords, type NoticeKind } from "./kinds";
import type { Preferences } from "./preferences";

/** Where a person wants to be told of a kind. */
export function wanted({ kinds }: Preferences, kind: NoticeKind): { bell: boolean; email: boolean } {
  return kinds[kind] ?? { bell: true, email: noticeWords[kind].mailed === "yes" };
}
