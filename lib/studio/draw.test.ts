import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { readPngTexts } from "@/lib/png-chunks";
import { demoPerson } from "@/lib/vision/testing";
import { draw } from "./draw";
import { inspectPhoto } from "./inspect";
import { scoreImage } from "./score";
import type { StudioOrder, StudioPerson } from "./studio-order";

const plain: StudioOrder["options"] = {
  ...{ super_resolution: false, face_correct: false, face_swap: false, inpaint_faces: false },
  ...{ style: null, denoising_strength: null },
};

describe("draw", () => {
  let person: StudioPerson;
  const order = (changes: Partial<StudioOrder>): StudioOrder => ({
    ...{ text: "portrait of {1} in the alps", negativeText: "", people: [person], input: null, mask: null },
    ...{ count: 1, seed: 5, width: 320, height: 400, options: plain },
    ...changes,
  });

  beforeAll(async () => {
    const bytes = await demoPerson("smiling");
    const { photo, reading, descriptor, problem } = await inspectPhoto({ name: "photo 1", bytes });
    if (photo === null || reading === null || descriptor === null) throw new Error(problem?.message);
    person = { title: "Ann", noun: "woman", strength: 1, photos: [{ bytes: photo.bytes, reading, descriptor }] };
  }, 60_000);

  test("the same order gives the same bytes, the next seed others; all are the person", async () => {
    const { images, understood } = await draw(order({ count: 2 }));
    const again = await draw(order({ seed: 6 }));

    expect(understood.map(({ meaning }) => meaning)).toEqual(["Framing: Portrait", "Scene: Mountains"]);
    expect(images.map(({ seed }) => seed)).toEqual([5, 6]);
    expect(Buffer.from(again.images[0]?.bytes ?? [])).toEqual(Buffer.from(images[1]?.bytes ?? []));
    expect(Buffer.from(images[0]?.bytes ?? [])).not.toEqual(Buffer.from(images[1]?.bytes ?? []));
    const people = [person.photos.map(({ descriptor }) => descriptor)];
    for (const { bytes } of images) {
      expect((await scoreImage({ bytes, people })).scores[0]).toBeGreaterThan(0.8);
      expect(readPngTexts(bytes, ["comment"], 1_000)[0]?.text).toContain("not a photograph");
    }
  }, 60_000);

  test("what a photo cannot give, and what cannot be kept out, is told", async () => {
    const text = "full body of {1}, white background";
    const { notes } = await draw(order({ text, negativeText: "smile" }));

    expect(notes.join(" ")).toContain("shows less of the person than was asked for");
    expect(notes.join(" ")).toContain("not followed: smile");
  }, 60_000);

  test("an input image without a face is the scene; twice the size is twice the size", async () => {
    const blue = await sharp({ create: { width: 400, height: 400, channels: 3, background: "#2040c0" } })
      .png()
      .toBuffer();
    const options = { ...plain, super_resolution: true };
    const { images, notes } = await draw(order({ text: "{1}", input: new Uint8Array(blue), options }));

    expect(notes.join(" ")).toContain("taken as the scene");
    const [image] = images;
    expect([image?.width, image?.height]).toEqual([640, 800]);
    const corner = await sharp(image?.bytes)
      .extract({ left: 4, top: 4, width: 8, height: 8 })
      .removeAlpha()
      .raw()
      .toBuffer();
    const [red = 255, , blueness = 0] = corner;
    expect(blueness).toBeGreaterThan(red * 2);
  }, 60_000);

  test("no person in the order is refused in words", async () => {
    const nobody: StudioPerson = { ...person, photos: [] };
    await expect(draw(order({ people: [nobody] }))).rejects.toThrow("There is no photo of the person.");
  });
});
