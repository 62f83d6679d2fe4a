import { expect, test } from "vitest";
import { buttonStyles } from "./button-styles";

test.each(["primary", "secondary", "ghost", "positive", "danger", "link"] as const)(
  "a %s button names one colour of its border: a link that borrows the look settles nothing itself",
  (variant) => {
    const borders = buttonStyles({ variant })
      .split(" ")
      .filter((name) => name.startsWith("border-"));
    expect(borders).toHaveLength(1);
  },
);
