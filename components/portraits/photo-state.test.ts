import { expect, test } from "vitest";
import { refusalOf, stateOf } from "./photo-state";

const reading = {
  box: { x: 0, y: 0, width: 640, height: 612.4 },
  ...{ confidence: 0.9, yaw: 0, pitch: 0, roll: 0, sharpness: 200, light: 0.5 },
};
const good = { file_name: "me.jpg", is_good: true, code: null, message: null, notes: [], reading };

test("says what was seen in a photo that can be used", () => {
  expect(stateOf({ photos: [good], notes: [] })).toEqual({
    status: "usable",
    words: "One face, 612 px, sharp",
    warnings: [],
  });
});

test("warns of what is not at its best, and does not call it sharp then", () => {
  const soft = { code: "soft", message: "It is a little soft.", photo: 1 };
  expect(stateOf({ photos: [{ ...good, notes: [soft] }], notes: [] })).toEqual({
    status: "usable",
    words: "One face, 612 px",
    warnings: ["It is a little soft."],
  });
});

test("says why a photo is refused", () => {
  const none = { ...good, is_good: false, reading: null, code: "no_face" };
  expect(stateOf({ photos: [{ ...none, message: "No face was found in it." }], notes: [] })).toEqual({
    status: "refused",
    why: "No face was found in it.",
  });
  expect(stateOf({ photos: [none], notes: [] })).toMatchObject({ why: expect.stringContaining("No face found") });
});

test("what is no image, or too large, need not be sent", () => {
  expect(refusalOf({ type: "text/plain", size: 10 }, 20)).toMatch(/Not an image/);
  expect(refusalOf({ type: "image/jpeg", size: 30_000_000 }, 20)).toMatch(/more than 20 MB/);
  expect(refusalOf({ type: "", size: 10 }, 20)).toBeNull();
});
