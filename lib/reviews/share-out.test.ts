import fc from "fast-check";
import { expect, test } from "vitest";
import { shareOut } from "./share-out";

const open = (count: number, notFor: string[] = [], more: { only_for?: string[]; needs?: string[] } = {}) =>
  Array.from({ length: count }, (_, at) => ({
    review: `r${at}`,
    decision: `d${at}`,
    not_for: notFor,
    only_for: [],
    needs: [],
    ...more,
  }));
const person = (id: string, room: number, load: number, skills: string[] = []) => ({
  id,
  room,
  load,
  skills,
});

test("whoever has least to do is asked first, and no one over their room", () => {
  const people = [person("a", 2, 0), person("b", 9, 3)];
  expect(shareOut(open(5), people).map(({ person }) => person)).toEqual(["a", "a", "b", "b", "b"]);
  expect(shareOut(open(3), [person("a", 1, 0)])).toHaveLength(1);
  expect(shareOut(open(3), [])).toEqual([]);
});

test("whoever is kept out is passed over", () => {
  const people = [person("a", 9, 0), person("b", 9, 8)];
  expect(shareOut(open(2, ["user:a"]), people).map(({ person }) => person)).toEqual(["b", "b"]);
  expect(shareOut(open(2, ["user:a", "user:b"]), people)).toEqual([]);
});

test("what names people, or asks for skills, is for those alone", () => {
  const people = [person("a", 9, 0), person("b", 9, 8, ["finance"])];
  expect(shareOut(open(2, [], { only_for: ["b"] }), people).map(({ person }) => person)).toEqual(["b", "b"]);
  expect(shareOut(open(1, [], { needs: ["finance"] }), people).map(({ person }) => person)).toEqual(["b"]);
  expect(shareOut(open(1, [], { only_for: ["a"], needs: ["finance"] }), people)).toEqual([]);
});

test("among people with the same load and room, nobody is given two more than another", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 60 }), (people, reviews) => {
      const ready = Array.from({ length: people }, (_, at) => person(`p${at}`, 100, 0));
      const given = shareOut(open(reviews), ready);
      const counts = ready.map(({ id }) => given.filter(({ person }) => person === id).length);
      expect(given).toHaveLength(reviews);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }),
  );
});
