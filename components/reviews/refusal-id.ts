/** The element that says why the Approve button is disabled. */
export const refusalId = "why-not-approve";
