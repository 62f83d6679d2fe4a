/** How long what was told is kept, days, unless a setting says otherwise. */
export const usualNoticeDays = 90;
/** Fewer would let an event of yesterday be told twice: what was told before is known by its row. */
export const fewestNoticeDays = 7;
const mostNoticeDays = 3650;

/** The days a setting asks for; what is no whole number from 7 to 3650 is as if it were not set. */
export function noticeDaysOf(setting: string | undefined): number {
  if (setting === undefined || setting.trim() === "") return usualNoticeDays;
  const days = Number(setting);
  return Number.isInteger(days) && days >= fewestNoticeDays && days <= mostNoticeDays
    ? days
    : usualNoticeDays;
}
