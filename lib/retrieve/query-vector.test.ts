import { expect, it } from "vitest";
import { toQuery } from "./query";
import { vectorInTime } from "./query-vector";

const query = toQuery([{ role: "user", text: "Do you swim?" }], { username: "nora", name: null, aliases: [] });
const vector = Float32Array.of(1, 0);

it("gives the vector that comes in time", async () => {
  expect(await vectorInTime(query, 60_000, () => Promise.resolve(vector))).toBe(vector);
});

it("goes by words alone when the encoder is late", async () => {
  const never = new Promise<Float32Array>(() => undefined);
  expect(await vectorInTime(query, 1, () => never)).toBeNull();
});

it("goes by words alone when the encoder fails", async () => {
  expect(await vectorInTime(query, 60_000, () => Promise.reject(new Error("no WebAssembly")))).toBeNull();
});
