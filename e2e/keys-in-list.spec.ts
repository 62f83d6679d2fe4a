import { inList } from "./keys-in-list";
import { test } from "./one-browser";
import { tellKeys } from "./tell-keys";

test.describe("in the list", () => tellKeys(inList));
