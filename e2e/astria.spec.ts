import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import sharp from "sharp";
import { Api, until } from "./api";
import { expect, test } from "./fixtures";

const run = promisify(execFile);
const demo = join(process.cwd(), "node_modules/@vladmandic/face-api/demo");

/** One of the people on a group photo of face-api's. */
const person = { left: 302, top: 210, width: 400, height: 576 };

/** Photos 1.jpg to 4.jpg of one person, in the folder and in its folder `samples`, as the seed's samples expect them. */
async function photos(folder: string): Promise<void> {
  await mkdir(join(folder, "samples"));
  for (const number of [1, 2, 3, 4]) {
    const bytes = await sharp(join(demo, "sample1.jpg"))
      .extract(person)
      .modulate({ brightness: 1 - number / 20 })
      .jpeg({ quality: 92 })
      .toBuffer();
    for (const place of [folder, join(folder, "samples")]) await writeFile(join(place, `${number}.jpg`), bytes);
  }
}

/** The seed's first sample. */
const curlSample = `curl -X POST -H "Authorization: Bearer $API_KEY" https://api.astria.ai/tunes \\
          -F tune[title]="John Doe - UUID - 1234-6789-1234-56789" \\
          -F tune[name]=man \\
          -F tune[branch]="fast" \\
          -F tune[model_type]="faceid" \\
          -F tune[callback]="https://optional-callback-url.com/webhooks/astria?user_id=1&tune_id=1" \\
          -F tune[base_tune_id]=690204 \\
          -F "tune[images][]=@1.jpg" \\
          -F "tune[images][]=@2.jpg" \\
          -F "tune[images][]=@3.jpg" \\
          -F "tune[images][]=@4.jpg"`;

/** The seed's sample for Node.js with files, without the imports that Node has itself since 18. */
const nodeSample = `import fs from 'fs';

const API_KEY = 'sd_XXXX';
const DOMAIN = 'https://api.astria.ai';
async function createTune() {
  let formData = new FormData();
  formData.append('tune[title]', 'John Doe - UUID - 1234-6789-1234-56789');
  formData.append('tune[branch]', 'fast');
  formData.append('tune[model_type]', 'faceid');
  // Hard coded tune id of Realistic Vision v5.1 from the gallery - https://www.astria.ai/gallery/tunes
  // https://www.astria.ai/gallery/tunes/690204/prompts
  formData.append('tune[base_tune_id]', 690204);
  formData.append('tune[name]', 'man');
  // Load all JPGs from ./samples directory and append to FormData
  let files = fs.readdirSync('./samples');
  for (const file of files) {
    if(file.endsWith('.jpg')) {
      formData.append('tune[images][]', await fs.openAsBlob(\`./samples/\${file}\`), file);
    }
  }
  formData.append('tune[callback]', 'https://optional-callback-url.com/to-your-service-when-ready?user_id=1&tune_id=1');

  let options = {
    method: 'POST',
    headers: {
      'Authorization': 'Bearer ' + API_KEY
    },
    body: formData
  };
  return fetch(DOMAIN + '/tunes', options)
    .then(r => r.json())
    .then(r => console.log(JSON.stringify(r)));
}

createTune();
`;

/** The bytes that Python's requests sends for the seed's sample: files without a name are called like their field. */
function pythonBody(photo: Buffer): { body: Buffer; type: string } {
  const boundary = "8d0e2c6f4b1a4f0f9f5e3b7a6c1d2e3f";
  const field = (name: string, value: string) =>
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  const file = [
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="tune[images][]"; filename="tune[images][]"\r\n\r\n`,
    ),
    photo,
    Buffer.from("\r\n"),
  ];
  const body = Buffer.concat([
    field("tune[title]", "John Doe - UUID - 1234-6789-1234-56789"),
    field("tune[name]", "man"),
    field("tune[base_tune_id]", "690204"),
    field("tune[branch]", "fast"),
    field("tune[token]", "ohwx"),
    ...file,
    ...file,
    Buffer.from(`--${boundary}--\r\n`),
  ]);
  return { body, type: `multipart/form-data; boundary=${boundary}` };
}

type Tune = { id: number; orig_images: string[]; notes: { code: string }[] };

test.describe("the samples of Astria's page on FaceID, but for host and key", () => {
  test("curl makes a tune of four photos, which can be had, listed and deleted", async ({
    keyless,
    wallet,
    folder,
  }) => {
    const { key } = await Api.withNewKey(keyless.url, wallet);
    await photos(folder);
    const script = curlSample.replace("https://api.astria.ai", keyless.url);
    const { stdout } = await run("bash", ["-c", script], { cwd: folder, env: { ...process.env, API_KEY: key } });
    const tune = JSON.parse(stdout) as Tune;
    expect(tune).toMatchObject({
      ...{ title: "John Doe - UUID - 1234-6789-1234-56789", name: "man", branch: "fast", model_type: "faceid" },
      ...{ base_tune_id: 690204, token: "ohwx", is_api: true, ckpt_url: null, ckpt_urls: [] },
      callback: "https://optional-callback-url.com/webhooks/astria?user_id=1&tune_id=1",
      trained_at: expect.any(String),
      expires_at: expect.any(String),
      url: `${keyless.url}/tunes/${tune.id}.json`,
    });
    expect(tune.orig_images).toHaveLength(4);
    expect(tune.notes.filter(({ code }) => code === "different_people")).toEqual([]);
    const photo = await fetch(tune.orig_images[0] ?? "");
    expect(await sharp(await photo.arrayBuffer()).metadata()).toMatchObject({
      format: "jpeg",
      width: 400,
      height: 576,
    });
    const headers = { authorization: `Bearer ${key}` };
    const list = (await (await fetch(`${keyless.url}/tunes.json`, { headers })).json()) as Tune[];
    expect(list.map(({ id }) => id)).toEqual([tune.id]);
    const url = `${keyless.url}/tunes/${tune.id}.json`;
    expect(await (await fetch(url, { headers })).json()).toEqual(tune);
    expect((await fetch(url, { method: "DELETE", headers })).status).toBe(200);
    expect((await fetch(url, { headers })).status).toBe(404);
    expect((await fetch(tune.orig_images[0] ?? "")).status).toBe(404);
  });

  test("Node.js and Python make tunes, and a prompt becomes an image", async ({ keyless, wallet, folder }) => {
    const { key } = await Api.withNewKey(keyless.url, wallet);
    await photos(folder);
    await writeFile(
      join(folder, "sample.mjs"),
      nodeSample.replace("https://api.astria.ai", keyless.url).replace("sd_XXXX", key),
    );
    const { stdout } = await run(process.execPath, ["sample.mjs"], { cwd: folder });
    const byNode = JSON.parse(stdout) as Tune;
    expect(byNode.orig_images).toHaveLength(4);

    const headers = { authorization: `Bearer ${key}` };
    const { body, type } = pythonBody(await sharp(join(folder, "1.jpg")).toBuffer());
    const answer = await fetch(`${keyless.url}/tunes`, {
      method: "POST",
      headers: { ...headers, "content-type": type },
      body: new Uint8Array(body),
    });
    expect(answer.status).toBe(201);
    expect(((await answer.json()) as Tune).orig_images).toHaveLength(2);

    const ask = async (text: string) => {
      const form = new FormData();
      form.append("prompt[text]", text);
      form.append("prompt[negative_prompt]", "");
      for (const name of ["super_resolution", "face_correct", "face_swap"]) form.append(`prompt[${name}]`, "True");
      return fetch(`${keyless.url}/tunes/690204/prompts`, { method: "POST", headers, body: form });
    };
    const literal = await ask("<faceid:tune_id:strength> woman trekking in the alps");
    expect(literal.status).toBe(422);
    expect(await literal.json()).toMatchObject({ errors: { text: [expect.stringContaining("number")] } });
    const placed = await ask(`<faceid:${byNode.id}:1> woman trekking in the alps`);
    expect(placed.status).toBe(201);
    const { url } = (await placed.json()) as { url: string };
    const images = await until(async () => {
      const prompt = (await (await fetch(url, { headers })).json()) as { images: string[]; user_error: string | null };
      expect(prompt.user_error).toBeNull();
      return prompt.images.length > 0 ? prompt.images : null;
    }, "the images");
    expect((await sharp(await (await fetch(images[0] ?? "")).arrayBuffer()).metadata()).format).toBe("png");
  });

  test("a photo with nobody in it, or with several people, is refused by name", async ({ keyless, wallet }) => {
    const { key } = await Api.withNewKey(keyless.url, wallet);
    const form = new FormData();
    form.append("tune[title]", "Nobody");
    const grey = await sharp({ create: { width: 400, height: 400, channels: 3, background: "#888" } })
      .jpeg()
      .toBuffer();
    const group = await sharp(join(demo, "sample1.jpg")).resize(1200).jpeg().toBuffer();
    form.append("tune[images][]", new File([new Uint8Array(grey)], "grey.jpg"));
    form.append("tune[images][]", new File([new Uint8Array(group)], "group.jpg"));
    const headers = { authorization: `Bearer ${key}` };
    const answer = await fetch(`${keyless.url}/tunes`, { method: "POST", headers, body: form });
    expect(answer.status).toBe(422);
    const { error } = (await answer.json()) as { error: string };
    expect(error).toMatch(/photo 1 \(grey\.jpg\)/i);
    expect(error).toMatch(/photo 2 \(group\.jpg\)/i);
    expect(await (await fetch(`${keyless.url}/tunes`, { headers })).json()).toEqual([]);
  });
});
