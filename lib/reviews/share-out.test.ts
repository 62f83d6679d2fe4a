import fc from "fast-check";
import { expect, test } from "vitest";
import { shareOut } from "./share-out";

const open = (count: number, notFor: string[] = []) =>
  Array.from({ length: count }, (_, at) => ({ review: `r${at}`, decision: `d${at}`, not_for: notFor }));

test("whoever has least to do is asked first, and no one over their room", () => {
  const people = [
    { id: "a", room: 2, load: 0 },
    { id: "b", room: 9, load: 3 },
  ];
  expect(shareOut(open(5), people).map(({ person }) => person)).toEqual(["a", "a", "b", "b", "b"]);
  expect(shareOut(open(3), [{ id: "a", room: 1, load: 0 }])).toHaveLength(1);
  expect(shareOut(open(3), [])).toEqual([]);
});

test("whoever is kept out is passed over", () => {
  const people = [
    { id: "a", room: 9, load: 0 },
    { id: "b", room: 9, load: 8 },
  ];
  expect(shareOut(open(2, ["user:a"]), people).map(({ person }) => person)).toEqual(["b", "b"]);
  expect(shareOut(open(2, ["user:a", "user:b"]), people)).toEqual([]);
});

test("among people with the same load and room, nobody is given two more than another", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 60 }), (people, reviews) => {
      const ready = Array.from({ length: people }, (_, at) => ({ id: `p${at}`, room: 100, load: 0 }));
      const given = shareOut(open(reviews), ready);
      const counts = ready.map(({ id }) => given.filter(({ person }) => person === id).length);
      expect(given).toHaveLength(reviews);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }),
  );
});
