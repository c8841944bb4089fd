import { describe, expect, it } from "vitest";
import { createKeySequence, isChord, keyName, keysOf } from "./shortcuts";

const plain = { ctrlKey: false, metaKey: false, altKey: false };
const shortcuts = ["n", "g f", "g c", "mod+k", "?"];

describe("shortcuts", () => {
  it("names a key press the way a shortcut is written", () => {
    expect(keyName({ ...plain, key: "N" })).toBe("n");
    expect(keyName({ ...plain, key: "?" })).toBe("?");
    expect(keyName({ ...plain, key: "k", metaKey: true })).toBe("mod+k");
    expect(keyName({ ...plain, key: "k", ctrlKey: true })).toBe("mod+k");
    expect(keyName({ ...plain, key: "Shift" })).toBeNull();
    expect(keyName({ ...plain, key: "e", altKey: true })).toBeNull();
  });

  it("takes two keys one after the other, but not with a long wait between", () => {
    let time = 0;
    const press = createKeySequence(() => time);
    expect(press("g", shortcuts)).toBeNull();
    expect(press("f", shortcuts)).toBe("g f");
    expect(press("g", shortcuts)).toBeNull();
    time += 2000;
    expect(press("f", shortcuts)).toBeNull();
  });

  it("begins anew with a key that does not follow", () => {
    const press = createKeySequence(() => 0);
    expect(press("g", shortcuts)).toBeNull();
    expect(press("n", shortcuts)).toBe("n");
    expect(press("g", shortcuts)).toBeNull();
    expect(press("g", shortcuts)).toBeNull();
    expect(press("c", shortcuts)).toBe("g c");
  });

  it("knows which shortcuts cannot be pressed by accident", () => {
    expect(["n", "g f", "mod+k"].map(isChord)).toEqual([false, false, true]);
    expect(keysOf("g f")).toEqual(["g", "f"]);
  });
});
