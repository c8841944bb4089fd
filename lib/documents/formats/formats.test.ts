import { strFromU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { textPdf } from "../testing";
import { readFile } from "./read-file";
import { docx, epub, wordParagraph, zip } from "./testing";

const utf8 = (text: string): Uint8Array => Buffer.from(text);
const read = (fileName: string, content: string | Uint8Array) =>
  readFile({ fileName, bytes: typeof content === "string" ? utf8(content) : content });

const life = "I was born in Hull. My father kept the mill, and I have never liked the sea. ".repeat(5).trim();

describe("documents", () => {
  test("Markdown and text stay as they are, with plain line breaks", async () => {
    expect(await read("a.md", "# Me\r\n\r\nI *love* tea.")).toMatchObject({
      format: "markdown",
      mimeType: "text/markdown",
      text: "# Me\n\nI *love* tea.",
      kind: "document",
    });
    expect(await read("a.txt", life)).toMatchObject({ format: "text", text: life, notes: [] });
  });

  test("a PDF is read page after page", async () => {
    const reading = await read("letter.pdf", textPdf);
    expect(reading).toMatchObject({ format: "pdf", mimeType: "application/pdf" });
    expect(reading.text.trim()).toBe("I keep bees in Berlin.");
  });

  test("a Word document keeps headings, lists and the words of links, and drops what was deleted", async () => {
    const deleted =
      "<w:p><w:del><w:r><w:delText>I hate it. </w:delText></w:r></w:del><w:ins><w:r><w:t>I love it.</w:t></w:r></w:ins></w:p>";
    const body = wordParagraph("My life", "Heading1") + wordParagraph("I keep bees &amp; roses_here.") + deleted;
    expect(await read("cv.docx", docx(body))).toMatchObject({
      format: "docx",
      text: "# My life\n\nI keep bees & roses_here.\n\nI love it.",
      kind: "document",
    });
    // told by what is in it, not by its name
    expect((await read("cv.txt", docx(body))).format).toBe("docx");
  });

  test("a page is read without its scripts and surroundings", async () => {
    const page = `<!doctype html><html><head><title>A life</title><script>alert(1)</script></head><body>
      <nav><a href="/">Home</a></nav><article><h2>Youth</h2><p>${life} <em>Really</em> <a href="https://x.y">so</a>.</p>
      <ul><li>bees</li><li>1. roses</li></ul><img src="x" alt="a picture"><iframe src="https://evil"></iframe></article>
      <footer>© All rights reserved</footer></body></html>`;
    const reading = await read("a.html", page);
    expect(reading).toMatchObject({ format: "html", mimeType: "text/html", kind: "document" });
    expect(reading.text).toContain(`## Youth\n\n${life} Really so.\n\n- bees\n- 1. roses`);
    expect(reading.text).not.toMatch(/alert|Home|rights|evil|picture|https/u);
    expect((await read("short.html", "<p>I am <b>Ann</b>.</p><p>Hello</p>")).text).toBe("I am Ann.\n\nHello");
  });

  test("a book is read in the order of its spine, without contents and titles of pages", async () => {
    const book = epub(["<h1>One</h1><p>I began.</p>", "<h1>Two</h1><p>I went on<script/>.</p>"], { order: [1, 0] });
    expect(await read("b.epub", book)).toMatchObject({
      format: "epub",
      text: "# Two\n\nI went on.\n\n# One\n\nI began.",
    });
  });
});

describe("subtitles", () => {
  const srt =
    "1\r\n00:00:01,000 --> 00:00:03,000\r\n<i>I was born in Hull,</i>\r\n\r\n2\r\n00:00:03,100 --> 00:00:05,000\r\nand I never left. [music]\r\n\r\n3\r\n00:00:12,000 --> 00:00:14,000\r\n{\\an8}♪ la la ♪\r\nIt rains there.\r\n";

  test("become sentences and paragraphs", async () => {
    expect(await read("a.srt", srt)).toMatchObject({
      format: "subtitles",
      kind: "document",
      text: "I was born in Hull, and I never left.\n\nIt rains there.",
    });
  });

  test("become a thread where voices are named", async () => {
    const vtt =
      "WEBVTT - a talk\n\nSTYLE\n::cue { color: red }\n\nNOTE none\n\nintro\n00:01.000 --> 00:03.000 align:start\n<v.loud Ann>I was born in Hull,\n\n00:03.100 --> 00:05.000\n<v Ann>and never left.\n\n01:00:06.000 --> 01:00:08.000\n<v Bob>Really?";
    const reading = await read("a.vtt", vtt);
    expect(reading).toMatchObject({
      kind: "thread",
      mimeType: "text/vtt",
      text: "[00:00:01] Ann: I was born in Hull, and never left.\n[01:00:06] Bob: Really?",
    });
    expect(reading.speakers.map(({ name, turns }) => [name, turns])).toEqual([
      ["Ann", 1],
      ["Bob", 1],
    ]);
    const named =
      "1\n00:00:01,000 --> 00:00:02,000\nANN: Tea?\n\n2\n00:00:02,000 --> 00:00:03,000\nBOB: Yes, at 5:30.\n";
    expect((await read("b.srt", named)).text).toBe("[00:00:01] ANN: Tea?\n[00:00:02] BOB: Yes, at 5:30.");
  });

  test("do not say each line twice where captions roll", async () => {
    const rolling =
      "WEBVTT\n\n00:01.000 --> 00:02.000\nso I went down\n\n00:02.000 --> 00:03.000\nso I went down\nto the river\n\n00:03.000 --> 00:04.000\nto the river\nand I fished";
    expect((await read("c.vtt", rolling)).text).toBe("so I went down to the river and I fished");
  });
});

describe("chats", () => {
  test.each([
    [
      "iPhone, day first",
      "\u200e[25/12/2023, 09:05:01] Ann Lee: \u200eMessages and calls are end-to-end encrypted.\r\n[25/12/2023, 09:05:10] Ann Lee: Merry Christmas!\r\nNote: the goose is mine.\r\n\u200e[25/12/2023, 09:06:00] Bob: \u200eimage omitted\r\n[26/12/2023, 09:07:00] ~ Bob: Thanks \u200e<This message was edited>\r\n",
    ],
    [
      "Android, month first, twelve hours",
      '12/25/23, 9:05\u202fAM - Messages and calls are end-to-end encrypted. Tap to learn more.\n12/25/23, 9:05\u202fAM - Ann Lee: Merry Christmas!\nNote: the goose is mine.\n12/25/23, 9:06 AM - Bob: <Media omitted>\n12/25/23, 9:06 AM - Ann Lee changed the subject from "a" to "b: c"\n12/26/23, 9:07 AM - Bob: Thanks\n',
    ],
    [
      "Android, German",
      "25.12.23, 09:04 - Ann Lee hat die Gruppe erstellt\n25.12.23, 09:05 - Ann Lee: Merry Christmas!\nNote: the goose is mine.\n25.12.23, 09:06 - Bob: <Medien ausgeschlossen>\n26.12.23, 09:07 - Bob: Thanks\n",
    ],
    [
      "year first",
      "2023-12-25, 09:05 - Ann Lee: Merry Christmas!\nNote: the goose is mine.\n2023-12-26, 09:07 - Bob: Thanks\n2023-12-26, 09:08 - Bob: This message was deleted",
    ],
  ])("WhatsApp: %s", async (_name, chat) => {
    expect(await read("WhatsApp Chat.txt", chat)).toMatchObject({
      format: "whatsapp",
      kind: "thread",
      text: "[2023-12-25 09:05] Ann Lee: Merry Christmas!\n  Note: the goose is mine.\n[2023-12-26 09:07] Bob: Thanks",
    });
  });

  test("WhatsApp as an archive, with numbers for strangers", async () => {
    const chat = "[1/2/24, 10:00:00] +49 170 1234567: Hi\n[1/2/24, 10:01:00] Ann: Hi\n[1/3/24, 10:01:00] Ann: Again";
    const reading = await read("export.zip", zip({ "_chat.txt": chat, "IMG.jpg": "x" }));
    expect(reading).toMatchObject({ format: "whatsapp", mimeType: "application/zip" });
    expect(reading.text).toBe(
      "[2024-02-01 10:00] User 49 170 1234567: Hi\n[10:01] Ann: Hi\n[2024-03-01 10:01] Ann: Again",
    );
  });

  const telegramMessages = [
    { id: 1, type: "service", actor: "Ann", action: "create_group", text: "" },
    { id: 2, type: "message", date: "2024-05-01T10:00:00", from: "Ann", text: "Tea?" },
    {
      id: 3,
      type: "message",
      date: "2024-05-01T10:01:00",
      from: "Bob",
      text: ["Yes: ", { type: "link", text: "https://t.me" }, " \n", { type: "bold", text: "now" }],
    },
    { id: 4, type: "message", date: "2024-05-01T10:02:00", from: "Bob", forwarded_from: "Cleo", text: "I am Cleo." },
    { id: 5, type: "message", date: "2024-05-01T10:02:00", from: "Bob", forwarded_from: null, text: "Who am I?" },
    { id: 6, type: "message", date: "2024-05-01T10:03:00", from: null, text: "Bye" },
    { id: 7, type: "message", date: "2024-05-01T10:03:00", from: "Ann", photo: "x.jpg", text: "" },
  ];
  const telegramText =
    "[2024-05-01 10:00] Ann: Tea?\n[10:01] Bob: Yes: https://t.me\n  now\n[10:02] Cleo: I am Cleo.\n[10:03] Deleted account: Bye";

  test("Telegram, one chat and all of them", async () => {
    const chat = { name: "Tea", type: "personal_chat", id: 1, messages: telegramMessages };
    expect(await read("result.json", JSON.stringify(chat))).toMatchObject({
      format: "telegram",
      kind: "thread",
      text: telegramText,
    });
    const all = { about: "x", chats: { about: "y", list: [chat, { ...chat, messages: [] }] } };
    expect((await read("result.json", JSON.stringify(all, null, 1))).text).toBe(telegramText);
  });

  const day = [
    { type: "message", subtype: "channel_join", user: "U1", text: "<@U1> has joined", ts: "1714550400.000100" },
    {
      type: "message",
      user: "U1",
      text: "Tea, <@U2>? See <https://x.y|this> &amp; <#C1|general>",
      ts: "1714557600.000200",
    },
    { type: "message", user: "U2", text: "Yes", ts: "1714557660.000200", user_profile: { real_name: "Bob Roy" } },
    { type: "message", subtype: "bot_message", bot_id: "B1", text: "beep", ts: "1714557661.000200" },
  ];

  test("Slack, a day and an archive with names", async () => {
    expect((await read("2024-05-01.json", JSON.stringify(day))).text).toBe(
      "[2024-05-01 10:00] U1: Tea, @Bob Roy? See this & #general\n[10:01] Bob Roy: Yes",
    );
    const archive = zip({
      "users.json": JSON.stringify([{ id: "U1", name: "ann", profile: { real_name: "Ann Lee" } }]),
      "channels.json": "[]",
      "general/2024-05-01.json": JSON.stringify(day),
      "general/2024-05-02.json": JSON.stringify([{ type: "message", user: "U1", text: "Morning", ts: "1714640400.0" }]),
      "inner.zip": zip({ "x.txt": "never opened" }),
    });
    expect(await read("slack.zip", archive)).toMatchObject({
      format: "slack",
      kind: "thread",
      text: "[2024-05-01 10:00] Ann Lee: Tea, @Bob Roy? See this & #general\n[10:01] Bob Roy: Yes\n[2024-05-02 09:00] Ann Lee: Morning",
    });
  });

  test("Discord, without bots and joins", async () => {
    const message = (type: string, content: string, author: object) => ({
      id: "1",
      type,
      timestamp: "2024-05-01T10:00:00.123+02:00",
      content,
      author,
    });
    const exported = {
      guild: { name: "g" },
      channel: { name: "c" },
      messages: [
        message("GuildMemberJoin", "Joined.", { name: "ann" }),
        message("Default", "Tea?", { name: "ann", nickname: "Ann", isBot: false }),
        message("Reply", "Yes", { name: "bob" }),
        message("Default", "beep", { name: "bot", isBot: true }),
      ],
    };
    expect(await read("c.json", JSON.stringify(exported))).toMatchObject({
      format: "discord",
      text: "[2024-05-01 10:00] Ann: Tea?\n[10:00] bob: Yes",
    });
  });

  test("ChatGPT, the branch that was last, oldest conversation first", async () => {
    const node = (id: string, parent: string | null, role: string, text: string, extra: object = {}) => [
      id,
      {
        id,
        parent,
        children: [],
        message:
          role === ""
            ? null
            : { author: { role }, create_time: 1714557600, content: { content_type: "text", parts: [text] }, ...extra },
      },
    ];
    const mapping = Object.fromEntries([
      node("r", null, "", ""),
      node("s", "r", "system", "secret", { metadata: { is_visually_hidden_from_conversation: true } }),
      node("a", "s", "user", "Do I like tea?"),
      node("b1", "a", "assistant", "An abandoned answer."),
      node("b2", "a", "assistant", "You said so."),
    ]);
    const conversations = [
      {
        title: "new",
        create_time: 1714644000,
        current_node: "x",
        mapping: Object.fromEntries([node("x", "x", "user", "Round")]),
      },
      { title: "old", create_time: 1714557600, current_node: "b2", mapping },
    ];
    const text = "[2024-05-01 10:00] User: Do I like tea?\n[10:00] Assistant: You said so.\n[10:00] User: Round";
    expect(await read("conversations.json", JSON.stringify(conversations))).toMatchObject({ format: "chatgpt", text });
    const archive = zip({ "conversations.json": JSON.stringify(conversations), "chat.html": "<html>" });
    expect((await read("chatgpt.zip", archive)).text).toBe(text);
  });

  test("transcripts with times come into the form of threads; a play stays as it was written", async () => {
    expect(await read("t.txt", "Interview\n\nAnn (12:03): hi\nthere\nBob (12:04): hello")).toMatchObject({
      format: "transcript",
      kind: "thread",
      text: "[12:03] Ann: hi\n  there\n[12:04] Bob: hello",
    });
    const play = "Ann: Tea?\nBob: Yes.\nAnn: Note: it is hot.";
    const reading = await read("play.txt", play);
    expect(reading).toMatchObject({ format: "text", kind: "transcript", text: play });
    expect(reading.speakers).toEqual([
      { name: "Ann", turns: 2, words: 5, sample: ["Tea?", "Note: it is hot."] },
      { name: "Bob", turns: 1, words: 1, sample: ["Yes."] },
    ]);
  });
});

describe("letters of all kinds", () => {
  test.each([
    ["UTF-16 with a mark", Buffer.from("\ufeffI like cafés.", "utf16le")],
    ["UTF-16 without one", Buffer.from("I like cafés.", "utf16le")],
    ["UTF-16 the other way round", Buffer.from("\ufeffI like cafés.", "utf16le").swap16()],
    ["UTF-8 with a mark", utf8("\ufeffI like cafés.")],
    ["Windows-1252", Buffer.from("I like cafés.", "latin1")],
  ])("%s", async (_name, bytes) => {
    expect((await read("a.txt", bytes)).text).toBe("I like cafés.");
  });

  test("Cyrillic and Japanese of old computers are told by their letters", async () => {
    const cyrillic = "Я родился в маленьком городе и никогда не любил море. ".repeat(8);
    const bytes = Uint8Array.from(
      [...cyrillic].map((letter) => {
        const code = letter.codePointAt(0) ?? 0;
        return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code;
      }),
    );
    const reading = await read("ru.txt", bytes);
    expect(reading.text).toBe(cyrillic);
    expect(reading.notes).toEqual([{ code: "not_english", message: expect.stringContaining("English") }]);
    // "これはペンです。" in Shift_JIS, many times
    const sentence = [0x82, 0xb1, 0x82, 0xea, 0x82, 0xcd, 0x83, 0x79, 0x83, 0x93, 0x82, 0xc5, 0x82, 0xb7, 0x81, 0x42];
    const japanese = Uint8Array.from(Array.from({ length: 20 }, () => sentence).flat());
    expect((await read("ja.txt", japanese)).text).toContain("これはペンです。");
  });
});

describe("a note on the language", () => {
  const german =
    "Ich bin in einer kleinen Stadt geboren und habe das Meer nie gemocht. Mein Vater war Müller, und so will ich es auch halten. ";
  const french =
    "Je suis né dans une petite ville et je n'ai jamais aimé la mer. Mon père était meunier, on me dit que je suis comme lui. ";
  const spanish =
    "Nací en un pueblo pequeño y nunca me ha gustado el mar. Mi padre era molinero y yo no quise serlo, así es la vida. ";
  const dutch =
    "Ik ben geboren in een klein dorp en ik heb nooit van de zee gehouden. Mijn vader was molenaar en dat wil ik niet. ";

  test("says when a text is not English, and nothing of English, however it is written", async () => {
    for (const text of [
      german,
      french,
      spanish,
      dutch,
      "私は小さな町で生まれました。海は好きではありません。父は粉屋でした。",
    ]) {
      expect(
        (await read("a.txt", text.repeat(2))).notes.map(({ code }) => code),
        text,
      ).toEqual(["not_english"]);
    }
    const slang =
      "lol yeah idk man, gonna grab food then head home, u coming or what? my phone's dead so just knock ok. ".repeat(
        2,
      );
    for (const text of [life, slang, "Ann: Yes."]) expect((await read("a.txt", text)).notes, text).toEqual([]);
  });
});

test("zips of this file are what their makers say", () => {
  // the helpers make real archives: a reader that took anything would pass all the same
  expect(strFromU8(docx("").subarray(0, 2))).toBe("PK");
  expect(zipSync({}).length).toBeGreaterThan(0);
});
