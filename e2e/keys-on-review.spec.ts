import { onReview } from "./keys-on-review";
import { test } from "./one-browser";
import { tellKeys } from "./tell-keys";

test.describe("on one review", () => tellKeys(onReview));
