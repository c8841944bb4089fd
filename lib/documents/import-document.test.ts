import { beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { testDatabase, testUser } from "@/lib/db/testing";
import { AppError, NotFoundError } from "@/lib/errors";
import { createFace } from "@/lib/faces/create-face";
import type { Fetched, GuardedRequest } from "@/lib/net/guarded-fetch";
import { chooseTrack, readCaptions, toWebVtt, withSentenceEnds } from "./captions";
import { youtubeVideoId } from "./fetch-captions";
import { importDocument } from "./import-document";
import { readDocument } from "./require-document";
import { textPdf } from "./testing";

const { db } = await testDatabase();
let ctx: Ctx;
let face: string;

beforeAll(async () => {
  ctx = await testUser(db);
  face = (await createFace(ctx, { username: "ada", aliases: [], basic_facts: "" })).id;
});

type Answers = Record<string, { type: string; body: string | Uint8Array; url?: string }>;

/** A net in which these addresses answer, by how they begin. */
function net(answers: Answers) {
  const asked: { url: string; json: object | undefined }[] = [];
  const fetch = async (url: string, request: GuardedRequest): Promise<Fetched> => {
    asked.push({ url, json: request.json });
    const found = Object.entries(answers).find(([start]) => url.startsWith(start))?.[1];
    if (found === undefined) throw new AppError("unreadable", "could not be reached");
    expect(request.types.test(found.type.split(";")[0] ?? "")).toBe(true);
    return { url: new URL(found.url ?? url), status: 200, contentType: found.type, bytes: Buffer.from(found.body) };
  };
  return { asked, fetch };
}

const article = `<!doctype html><html><head><title>On Bees &amp; Berlin</title></head><body><nav>Home Shop</nav><article>
<h1>On Bees</h1>${"<p>I keep bees on a roof in Berlin, and I never sell their honey to anyone but my neighbours.</p>".repeat(6)}
</article><script>alert(1)</script></body></html>`;

describe("a page", () => {
  test("becomes a document with its text, its title and where it came from", async () => {
    const { fetch } = net({
      "https://bees.org/old": { type: "text/html; charset=utf-8", body: article, url: "https://bees.org/on-bees" },
    });
    const document = await importDocument(ctx, { face, url: "https://bees.org/old" }, fetch);
    expect(document).toMatchObject({
      type: "document",
      label: "On Bees & Berlin",
      source: "import",
      source_url: "https://bees.org/on-bees",
      format: "html",
      status: "pending",
    });
    const { content } = await readDocument(ctx, { face, document: document.id });
    expect(content).toContain("I keep bees on a roof in Berlin");
    expect(content).not.toMatch(/Shop|alert/);
    const again = await importDocument(ctx, { face, url: "https://bees.org/old" }, fetch);
    expect(again.id).toBe(document.id);
  });

  test("in an old encoding is read as its sender says, and a given label stands", async () => {
    const body = Buffer.from("<html><title>x</title><body><p>\xc5\xf4\xe1 and some words.</p></body></html>", "latin1");
    const { fetch } = net({ "https://old.gr/": { type: "text/html; charset=iso-8859-7", body } });
    const document = await importDocument(ctx, { face, url: "https://old.gr/", label: "Greek" }, fetch);
    expect(document.label).toBe("Greek");
    expect((await readDocument(ctx, { face, document: document.id })).content).toContain("Ετα and some words.");
  });

  test("may be a PDF, Markdown or plain text", async () => {
    const { fetch } = net({
      "https://x.org/a.pdf": { type: "application/pdf", body: textPdf },
      "https://x.org/notes.md": { type: "text/plain", body: "# Notes\n\nI like rye bread." },
      "https://x.org/": { type: "text/plain", body: "I swim in cold lakes." },
    });
    const formats: string[][] = [];
    for (const url of ["https://x.org/a.pdf", "https://x.org/notes.md", "https://x.org/"]) {
      const { format, label } = await importDocument(ctx, { face, url }, fetch);
      formats.push([format, label]);
    }
    expect(formats).toEqual([
      ["pdf", "a.pdf"],
      ["markdown", "notes.md"],
      ["text", "x.org"],
    ]);
  });

  test("on a private address is refused by the real fetch", async () => {
    for (const url of ["http://127.0.0.1:1/", "http://[::ffff:7f00:1]/", "file:///etc/passwd", "nonsense"]) {
      await expect(importDocument(ctx, { face, url })).rejects.toMatchObject({ code: "invalid_input", param: "url" });
    }
  });

  test("for somebody else's face is never fetched", async () => {
    const { asked, fetch } = net({});
    const other = await testUser(db);
    await expect(importDocument(other, { face, url: "https://bees.org/" }, fetch)).rejects.toBeInstanceOf(
      NotFoundError,
    );
    expect(asked).toEqual([]);
  });
});

const json3 = (lines: [number, number, string][]) =>
  JSON.stringify({
    events: lines.map(([tStartMs, dDurationMs, utf8]) => ({ tStartMs, dDurationMs, segs: [{ utf8 }] })),
  });

const player = (captionTracks: object[]) => ({
  playabilityStatus: { status: "OK" },
  videoDetails: { title: "A talk about bees" },
  captions: { playerCaptionsTracklistRenderer: { captionTracks } },
});

const track = (languageCode: string, kind?: string) => ({
  baseUrl: `https://www.youtube.com/api/timedtext?v=x&lang=${languageCode}${kind ?? ""}&fmt=srv3`,
  languageCode,
  ...(kind && { kind }),
});

const page = (inPage: object) =>
  `<html><script>ytcfg.set({"INNERTUBE_API_KEY":"AIzaTestKey_123"});</script><script>var ytInitialPlayerResponse = ${JSON.stringify(inPage)};var meta = {};</script></html>`;

const watch = "https://www.youtube.com/watch";
const ask = "https://www.youtube.com/youtubei/v1/player";
const json = "application/json; charset=UTF-8";

describe("a video", () => {
  test("gives its captions: people's before a machine's, English first, in sentences", async () => {
    const { asked, fetch } = net({
      [watch]: { type: "text/html; charset=utf-8", body: page({}) },
      [ask]: { type: json, body: JSON.stringify(player([track("en", "asr"), track("de"), track("en-GB")])) },
      "https://www.youtube.com/api/timedtext?v=x&lang=en-GB": {
        type: json,
        body: json3([
          [0, 2000, "I keep bees\n"],
          [2000, 2000, "because they are calm."],
          [9000, 1000, "I never hurry."],
        ]),
      },
    });
    const document = await importDocument(ctx, { face, url: "https://youtu.be/dQw4w9WgXcQ?t=10" }, fetch);
    expect(document).toMatchObject({
      label: "A talk about bees",
      source_url: "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
      format: "subtitles",
      notes: [],
    });
    const { content } = await readDocument(ctx, { face, document: document.id });
    expect(content).toBe("I keep bees because they are calm.\n\nI never hurry.");
    expect(asked[1]?.json).toMatchObject({ videoId: "dQw4w9WgXcQ", context: { client: { clientName: "ANDROID" } } });
    expect(asked[2]?.url).toContain("fmt=json3");
  });

  test("falls back to the tracks that its page names, and says when a machine heard them", async () => {
    const { fetch } = net({
      [watch]: { type: "text/html", body: page(player([track("en", "asr")])) },
      [ask]: { type: json, body: "{}" },
      "https://www.youtube.com/api/timedtext": {
        type: "text/xml",
        body: `<?xml version="1.0"?><transcript><text start="0" dur="2">i&amp;#39;m fond of lakes</text><text start="2" dur="1.5">and rain</text><text start="6" dur="2">nobody knows</text></transcript>`,
      },
    });
    const document = await importDocument(ctx, { face, url: "https://www.youtube.com/shorts/aaaaaaaaaaa" }, fetch);
    expect(document.notes.map(({ code }) => code)).toContain("automatic_captions");
    const { content } = await readDocument(ctx, { face, document: document.id });
    expect(content.replaceAll("\n\n", " ")).toBe("I'm fond of lakes and rain. Nobody knows.");
  });

  test("without captions, hidden, or with captions that do not come says so, and what to do", async () => {
    const url = "https://www.youtube.com/watch?v=bbbbbbbbbbb";
    const none = net({ [watch]: { type: "text/html", body: page(player([])) } });
    await expect(importDocument(ctx, { face, url }, none.fetch)).rejects.toThrow(
      /has no captions. Upload the recording/,
    );
    const hidden = net({
      [watch]: {
        type: "text/html",
        body: page({ playabilityStatus: { status: "ERROR", reason: "This video is private." } }),
      },
    });
    await expect(importDocument(ctx, { face, url }, hidden.fetch)).rejects.toThrow(/“This video is private”. Upload/);
    const empty = net({
      [watch]: { type: "text/html", body: page(player([track("en")])) },
      "https://www.youtube.com/api/timedtext": { type: "text/html", body: "" },
    });
    await expect(importDocument(ctx, { face, url }, empty.fetch)).rejects.toMatchObject({ code: "unreadable" });
    await expect(importDocument(ctx, { face, url }, empty.fetch)).rejects.toThrow(/did not hand out/);
  });
});

test.each([
  ["https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=x", "dQw4w9WgXcQ"],
  ["https://m.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ", "dQw4w9WgXcQ"],
  ["https://youtu.be/dQw4w9WgXcQ", "dQw4w9WgXcQ"],
  ["https://youtube.com/shorts/dQw4w9WgXcQ?feature=share", "dQw4w9WgXcQ"],
  ["https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", "dQw4w9WgXcQ"],
  ["https://youtube.com.evil.org/watch?v=dQw4w9WgXcQ", null],
  ["https://www.youtube.com/@somebody", null],
  ["https://www.youtube.com/watch?v=short", null],
  ["nonsense", null],
])("%s names the video %s", (url, id) => expect(youtubeVideoId(url)).toBe(id));

test("captions are read in srv3 too, and nonsense holds none", () => {
  const srv3 = `<timedtext format="3"><body><p t="10" d="90"><s>Hello</s><s t="5"> there</s></p><p t="200" d="50">you &lt;two&gt;</p></body></timedtext>`;
  expect(readCaptions(srv3)).toEqual([
    { startMs: 10, endMs: 100, text: "Hello there" },
    { startMs: 200, endMs: 250, text: "you <two>" },
  ]);
  for (const text of ["", "{", "{}", "<html></html>", "null", '{"events":[{}]}'])
    expect(readCaptions(text)).toEqual([]);
  expect(chooseTrack([])).toBeNull();
});

test("captions with full stops keep them as they are, and hours are written out", () => {
  const cues = [{ startMs: 3_723_004, endMs: 3_724_000, text: "A full stop. Here" }];
  expect(withSentenceEnds(cues)).toBe(cues);
  expect(toWebVtt(cues)).toBe("WEBVTT\n\n01:02:03.004 --> 01:02:04.000\nA full stop. Here\n");
});
