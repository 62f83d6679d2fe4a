const sentences: Record<string, string> = {
  CredentialsSignin: "E-mail or password is wrong.",
  email_not_verified:
    "The sign-in service has not verified your e-mail address. Verify it there, then try again.",
  not_invited: "You are not a member here. Ask an admin for an invitation.",
  account_disabled: "Your account here is disabled. Ask an admin.",
  foreign_origin: "This page was opened under another address than the configured one.",
  unavailable: "Signing in does not work right now. Try again in a moment.",
};

/** What a refused sign-in says to the person, by the code in the address or the answer. */
export function signInSentence(error: string): string {
  const seconds = /^wait:(\d{1,6})$/.exec(error)?.[1];
  if (seconds) return `Too many tries. Wait ${seconds} seconds, then try again.`;
  return Object.hasOwn(sentences, error)
    ? (sentences[error] ?? "")
    : "The sign-in did not work. Try again, or ask an admin.";
}
