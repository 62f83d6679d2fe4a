import { expect, test } from "vitest";
import { newId } from "./ids";
import { cursorsOf, ListQuery } from "./list";

const Query = ListQuery.extend(cursorsOf("dec"));

test.each([newId("decision"), "", undefined])("%s is a place in a list of decisions", (starting_after) => {
  expect(Query.safeParse({ starting_after }).success).toBe(true);
});

test.each(["nope", "exe_01m83q1a5a", "dec_", "dec_1'; drop table decisions", "dec_A", " dec_1", "dec_1\n"])(
  "%j is none, and is refused instead of answered with some page",
  (cursor) => {
    for (const name of ["starting_after", "ending_before"])
      expect(Query.safeParse({ [name]: cursor }).error?.issues[0]?.path).toEqual([name]);
  },
);
