import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { describe, expect, test } from "vitest";
import { WireFile } from "./wire-file";
import { readWireForm } from "./wire-form";
import { fromRailsKeys } from "./wire-keys";

const post = (body: BodyInit, type?: string) =>
  new Request("http://faces.test/tunes", {
    method: "POST",
    body,
    ...(type === undefined ? {} : { headers: { "content-type": type } }),
  });

/** The bytes that Python's `requests` sends for `data` and `files=[("tune[images][]", bytes)]`. */
function pythonForm(fields: Record<string, string>, files: [string, string][]): { body: string; type: string } {
  const boundary = "f1a4c0de8b1f4d2c9e3a7b6d5c4e3f2a";
  const text = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const parts = files.map(
    ([name, bytes]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${name}"\r\n\r\n${bytes}\r\n`,
  );
  return {
    body: `${[...text, ...parts].join("")}--${boundary}--\r\n`,
    type: `multipart/form-data; boundary=${boundary}`,
  };
}

describe("the keys of Rails", () => {
  test("become objects and lists", () => {
    const entries: [string, string][] = [
      ["tune[title]", "Ann"],
      ["tune[image_urls][]", "a"],
      ["tune[image_urls][]", "b"],
      ["tune[prompts_attributes][1][text]", "second"],
      ["tune[prompts_attributes][0][text]", "first"],
      ["tune[prompts_attributes][0][seed]", "7"],
      ["tune[characteristics][glasses]", "no"],
      ["commit", "Create"],
    ];
    expect(fromRailsKeys(entries)).toEqual({
      tune: {
        title: "Ann",
        image_urls: ["a", "b"],
        prompts_attributes: [{ text: "first", seed: "7" }, { text: "second" }],
        characteristics: { glasses: "no" },
      },
      commit: "Create",
    });
  });

  test("begin a new thing of a list where a field comes again", () => {
    const keys = ["text", "seed", "text"].map((name, at) => [`p[all][][${name}]`, String(at)] as const);
    expect(fromRailsKeys(keys)).toEqual({ p: { all: [{ text: "0", seed: "1" }, { text: "2" }] } });
  });

  test("mean nothing to JavaScript", () => {
    const read = fromRailsKeys([
      ["__proto__[polluted]", "yes"],
      ["tune[constructor][prototype][polluted]", "yes"],
    ]);
    expect(Object.hasOwn(read, "__proto__") || Object.hasOwn(read, "tune")).toBe(true);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test.each([
    [
      [
        ["tune", "x"],
        ["tune[title]", "y"],
      ],
    ],
    [
      [
        ["tune[a]", "x"],
        ["tune[a][]", "y"],
      ],
    ],
    [
      [
        ["tune[a][]", "x"],
        ["tune[a][b]", "y"],
      ],
    ],
    [[["a[b][c][d][e][f][g]", "x"]]],
  ])("that contradict each other are refused: %j", (entries) => {
    expect(() => fromRailsKeys(entries as [string, string][])).toThrow(/contradicts|deeper/);
  });
});

describe("a form", () => {
  test("may come from a browser or curl, with many files", async () => {
    const form = new FormData();
    form.set("tune[title]", "Ann");
    form.append("tune[images][]", new File(["one"], "1.jpg", { type: "image/jpeg" }));
    form.append("tune[images][]", new File(["two"], "../../2.jpg", { type: "image/jpeg" }));
    const { body, dispose } = await readWireForm(post(form));
    const { title, images } = body["tune"] as { title: string; images: WireFile[] };
    expect(title).toBe("Ann");
    expect(images.map(({ name, byteSize }) => [name, byteSize])).toEqual([
      ["1.jpg", 3],
      ["2.jpg", 3],
    ]);
    expect(Buffer.from((await images[1]?.read()) ?? []).toString()).toBe("two");
    await dispose();
    await expect(images[0]?.read()).rejects.toThrow();
  });

  test("may come from Python's requests, which names a file after its field", async () => {
    const { body, type } = pythonForm({ "tune[title]": "Ann", "prompt[face_swap]": "True" }, [
      ["tune[images][]", "one"],
    ]);
    const form = await readWireForm(post(body, type));
    const { images } = form.body["tune"] as { images: WireFile[] };
    expect(images[0]).toBeInstanceOf(WireFile);
    expect(form.body["prompt"]).toEqual({ face_swap: "True" });
    await form.dispose();
  });

  test.each([
    ["urlencoded", "tune%5Btitle%5D=Ann+Lee&tune[image_urls][]=a", "application/x-www-form-urlencoded"],
    ["JSON", '{"tune":{"title":"Ann Lee","image_urls":["a"]}}', "application/json; charset=utf-8"],
    [
      "JSON that curl calls urlencoded",
      '{"tune":{"title":"Ann Lee","image_urls":["a"]}}',
      "application/x-www-form-urlencoded",
    ],
  ])("may be %s", async (_name, body, type) => {
    expect((await readWireForm(post(body, type))).body).toEqual({ tune: { title: "Ann Lee", image_urls: ["a"] } });
  });

  test("leaves no file that has a name", async () => {
    const photos = () => readdirSync(tmpdir()).filter((name) => name.startsWith("faces-photo-"));
    const before = photos();
    const data = new FormData();
    data.append("tune[images][]", new File(["x".repeat(300_000)], `${"a".repeat(119)}😀.jpg`));
    const { body, dispose } = await readWireForm(post(data));
    const [file] = (body["tune"] as { images: WireFile[] }).images;
    expect(photos()).toEqual(before);
    expect(file?.name.isWellFormed()).toBe(true);
    // twice, as a store may that has to try again
    expect((await file?.read())?.byteLength).toBe(300_000);
    expect((await file?.read())?.byteLength).toBe(300_000);
    await dispose();
    await dispose();
    await expect(file?.read()).rejects.toThrow(/not there any more/);
  });

  test("that breaks off, is none or is too much is refused", async () => {
    const { body, type } = pythonForm({ "tune[title]": "Ann" }, [["tune[images][]", "one".repeat(50)]]);
    const whole = readWireForm(post(body.slice(0, -60), type));
    await expect(whole).rejects.toMatchObject({ code: "invalid_input" });
    await expect(readWireForm(post("x", "multipart/form-data"))).rejects.toMatchObject({ code: "invalid_input" });
    await expect(readWireForm(post("<a/>", "text/xml"))).rejects.toMatchObject({ code: "unsupported_type" });
    await expect(readWireForm(post("[1]", "application/json"))).rejects.toMatchObject({ code: "invalid_input" });
    const many = new FormData();
    for (let at = 0; at < 3; at++) many.append("tune[images][]", new File(["x"], "x.jpg"));
    await expect(readWireForm(post(many), { files: 2, maxFileMb: 1, maxFormMb: 9 })).rejects.toThrow(/too many files/);
    const large = new FormData();
    large.append("tune[images][]", new File(["x".repeat(1_100_000)], "large.jpg"));
    const limits = { files: 2, maxFileMb: 1, maxFormMb: 9 };
    await expect(readWireForm(post(large), limits)).rejects.toThrow("large.jpg is larger than 1 MB.");
    const ofAll = { files: 2, maxFileMb: 9, maxFormMb: 1 };
    const heavy = pythonForm({}, [["tune[images][]", "x".repeat(1_100_000)]]);
    await expect(readWireForm(post(heavy.body, heavy.type), ofAll)).rejects.toThrow("The form is larger than 1 MB.");
    await expect(readWireForm(post("tune[%00]=1", "application/x-www-form-urlencoded"))).rejects.toThrow(/NUL/);
    await expect(readWireForm(post("tune[title]=%00", "application/x-www-form-urlencoded"))).rejects.toThrow(/NUL/);
  });
});
