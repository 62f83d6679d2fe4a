/** The longest a rule may be, characters. */
export const longestRule = 2000;
