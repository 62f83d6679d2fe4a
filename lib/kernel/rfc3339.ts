import { z } from "zod";

/** A moment as RFC 3339 writes it, its offset named. The year 0000 is none that a database keeps. */
export const Instant = z.iso
  .datetime({ offset: true, error: "an RFC 3339 time with its offset, such as 2026-11-22T09:30:00Z" })
  .refine((time) => !time.startsWith("0000"), "a year from 0001");
