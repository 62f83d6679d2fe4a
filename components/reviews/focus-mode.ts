/** What the person is doing with the review on screen. */
export type FocusMode = "read" | "edit" | "decline" | "respond" | "snooze" | "forward" | "confirm";
