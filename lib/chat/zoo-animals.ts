import { brotliCompressSync, constants, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import type { Animal } from "./zoo-upstream";
import * as zoo from "./zoo-wire";
import { answer, answered, chunk, counted, done, event, ordinary, page, said, spoken, start, stop } from "./zoo-wire";

/** Who counted the tokens that are charged: the provider, in these numbers, or we; null when nothing is charged. */
export type Told = { input: number; output: number } | "counted" | "output counted" | null;

export type ZooCase = {
  name: string;
  animal: Animal;
  /** fields of the client's request beside model and messages; a stream unless it says so */
  request: Record<string, unknown>;
  /** what the client of a chat gets: how the answer ends, or the error before its first byte */
  chat: "done" | "whole" | "error" | RegExp;
  /** how the answer of the transparent proxy ends, where that is not how it ends in a chat, or what is in it */
  proxy: { status?: number; includes: string } | RegExp;
  told: Told;
  proxyTold: Told;
  /** the text that comes; what the chunks of `zoo-wire` say unless told */
  text: string;
  /** what was generated, where that is more than the text */
  generated: string;
};

type Rest = Partial<Omit<ZooCase, "name" | "animal" | "chat">>;

function zooCase(name: string, animal: Animal, chat: ZooCase["chat"], rest: Rest): ZooCase {
  const { text = said, generated = text, told = null, proxyTold = told } = rest;
  const request = { stream: true, ...rest.request };
  return { name, animal, chat, proxy: { includes: "" }, ...rest, request, text, generated, told, proxyTold };
}

/** The client gets all that was said, and the end. */
function fine(name: string, stream: string | Animal, told: Told = zoo.told, rest: Rest = {}): ZooCase {
  const animal = typeof stream === "string" ? zoo.streaming(stream) : stream;
  return zooCase(name, animal, "done", { told, proxy: { includes: "[DONE]" }, ...rest });
}

/** The client gets what was said until it broke, and an error; all that is charged. */
function breaks(name: string, animal: Animal, rest: Rest = {}): ZooCase {
  return zooCase(name, animal, "error", { told: "counted", proxy: { includes: '"error"' }, ...rest });
}

/** The client gets an error and pays nothing. */
function fails(name: string, animal: Animal, chat: RegExp, proxy: ZooCase["proxy"], rest: Rest = {}): ZooCase {
  return zooCase(name, animal, chat, { proxy, text: "", ...rest });
}

/** The client of a plain request gets its answer. */
function answers(name: string, body: string, told: Told, rest: Rest = {}): ZooCase {
  return zooCase(name, zoo.whole(200, body), "whole", { told, request: { stream: false }, ...rest });
}

const plain = { request: { stream: false } };
const html = { "content-type": "text/html" };
const long = "word ".repeat(4_000);
const quoted = '{"usage":{"prompt_tokens":1,"completion_tokens":1}} [DONE] "error":"x"';
const bytes = Buffer.from(start + spoken);
const midLetter = bytes.subarray(0, bytes.indexOf(Buffer.from("😀")) + 2);
const toolCall = { index: 0, id: "c1", type: "function", function: { name: "fire_kiln", arguments: "" } };
const perChunk = zoo.words.map((content, at) => chunk({ content }, { usage: zoo.usage(7, at + 7) })).join("");
const turns = ["One ", "Eins ", "more", "mehr"].map((content, at) => chunk({ content }, {}, at % 2)).join("");
const mixed = start.replaceAll("\n", "\r\n") + spoken.replaceAll("\n\n", "\n\r") + stop.replaceAll("\n", "\r");

const streams: ZooCase[] = [
  fine("an ordinary stream", ordinary),
  fine("no usage", answered + done, "counted"),
  fine("usage null all along", start + chunk({ content: said }, { usage: null }) + stop + done, "counted"),
  fine("usage twice", answered + zoo.usageChunk(3, 5) + counted + done),
  fine("usage in every chunk", start + perChunk + stop + done),
  fine("usage below zero", answered + zoo.usageChunk(-7, -11) + done, "counted"),
  fine("usage in fractions", answered + zoo.usageChunk(7.5, 11.1) + done, "counted"),
  fine("usage as words", answered + zoo.usageChunk("NaN", "eleven") + done, "counted"),
  fine("usage beyond all numbers", answered + zoo.usageChunk(1e30, 1e30) + done, "counted"),
  fine("usage of more than the model writes", answered + zoo.usageChunk(7, 1_900_000) + done, "counted"),
  fine("usage of more than the model reads", answered + zoo.usageChunk(9_000_000, 11) + done, "counted"),
  fine("usage of no output while text flowed", answered + zoo.usageChunk(7, 0) + done, "output counted"),
  fine("usage of nothing at all", answered + zoo.usageChunk(0, 0) + done, "counted"),
  fine(
    "usage far below what flowed",
    start + chunk({ content: long }) + stop + zoo.usageChunk(7, 1) + done,
    "output counted",
    { text: long },
  ),
  fine("usage behind the end, in its packet", answered + done + counted),
  fine("usage behind the end, later", zoo.streaming(answered + done, zoo.usageChunk(700, 1_100)), "counted"),
  fine("words of a usage in the text", start + chunk({ content: quoted }) + stop + counted + done, zoo.told, {
    text: quoted,
  }),
  fine("CRLF line ends", ordinary.replaceAll("\n", "\r\n")),
  fine("lone CR line ends", ordinary.replaceAll("\n", "\r")),
  fine("line ends of all kinds", mixed + counted + done),
  fine("no space behind the colon", ordinary.replaceAll("data: ", "data:")),
  fine("comments to keep it open", `: hello\n\n${start}: x\n\n${spoken}:\n\n${stop}${counted}: y\n${done}`),
  fine("a byte order mark", `\uFEFF${ordinary}`),
  fine(
    "one byte at a time",
    zoo.chunked({ end: true }, ...Array.from(Buffer.from(ordinary), (byte) => Uint8Array.of(byte))),
  ),
  fine("all events in one chunk", zoo.chunked({ end: true }, ordinary)),
  fine("gzip though none was asked for", zoo.encoded({ "content-encoding": "gzip" }, gzipSync(ordinary))),
  fine("brotli", zoo.encoded({ "content-encoding": "br" }, brotliCompressSync(ordinary))),
  fine("deflate", zoo.encoded({ "content-encoding": "Deflate" }, deflateSync(ordinary))),
  fine("zstd", zoo.encoded({ "content-encoding": "zstd" }, zstdCompressSync(ordinary))),
  fine("role and nothing else first", zoo.streaming(start, spoken + stop + counted + done)),
  fine("null content", chunk({ content: null }) + spoken + chunk({ content: null }) + stop + counted + done),
  fine("empty choices", event({ choices: [] }) + answered + done, "counted"),
  fine("the end twice", ordinary + done),
  fine("text behind the end", zoo.streaming(ordinary + spoken, spoken)),
  fine("no blank line at the very end", ordinary.slice(0, -2)),
  fine(
    "an event of a megabyte",
    start + chunk({ content: long.repeat(50) }) + stop + zoo.usageChunk(7, 900) + done,
    {
      input: 7,
      output: 900,
    },
    { text: long.repeat(50) },
  ),
  fine(
    "tool calls in pieces",
    start +
      chunk({ tool_calls: [toolCall] }) +
      ['{"at":', '"night"}'].map((part) => chunk({ tool_calls: [{ function: { arguments: part } }] })).join("") +
      stop +
      done,
    "counted",
    { text: "", generated: 'fire_kiln{"at":"night"}' },
  ),
  fine(
    "reasoning before the text",
    start + chunk({ reasoning_content: "Let me think." }) + chunk({ reasoning: " Twice." }) + answered + done,
    "counted",
    { generated: `Let me think. Twice.${said}` },
  ),
  fine("two choices by turns", start + turns + stop + done, "counted", {
    request: { n: 2 },
    text: "One Eins moremehr",
    generated: "One more\nEins mehr",
  }),
  zooCase("no end mark, but a finished answer", zoo.streaming(answered + counted), "whole", { told: zoo.told }),
];

const broken: ZooCase[] = [
  breaks("an end before the answer was finished", zoo.streaming(start + spoken), { proxy: { includes: "street." } }),
  breaks("an end inside of an event", zoo.streaming(start + spoken + stop.slice(0, 60)), {
    proxy: { includes: "street." },
  }),
  breaks("a cut in the middle of a letter", zoo.chunked({ end: false }, midLetter), { text: "A paciência é tudo" }),
  breaks("a cut before the end mark", zoo.chunked({ end: false }, start, spoken)),
  breaks("a reset in the middle", zoo.resetting(start + spoken)),
  breaks(
    "gzip that is cut off",
    zoo.encoded({ "content-encoding": "gzip" }, gzipSync(start + spoken, { finishFlush: constants.Z_SYNC_FLUSH })),
  ),
  breaks("an error event", zoo.streaming(start + spoken + event({ error: { message: "Overloaded" } })), {
    proxy: { includes: "Overloaded" },
  }),
  breaks(
    "an error event by name",
    zoo.streaming(`${start}${spoken}event: error\n${event({ message: "Overloaded" })}`),
    {
      proxy: { includes: "Overloaded" },
    },
  ),
  breaks("an event that is not JSON", zoo.streaming(start + spoken + event("oops") + done), {
    proxy: { includes: "oops" },
  }),
  breaks(
    "a usage of NaN, which is no JSON",
    zoo.streaming(answered + event('{"usage":{"prompt_tokens":NaN}}') + done),
    {
      proxy: { includes: "[DONE]" },
    },
  ),
  breaks("an event without an end", zoo.streaming(start + spoken, `data: ${"x".repeat(17 * 1024 * 1024)}`)),
];

function refused(code: number): ZooCase[] {
  const message = `Refused with ${code}`;
  const body = JSON.stringify({ error: { message, type: "x", param: null, code: null } });
  const animal = zoo.whole(code, body, { ...zoo.json, "retry-after": "7", "x-ratelimit-remaining-requests": "0" });
  return [true, false].map((stream) =>
    fails(
      `${code} to a ${stream ? "stream" : "plain request"}`,
      animal,
      new RegExp(`^OpenAI answered ${code}: ${message}$`),
      { status: code, includes: body },
      { request: { stream } },
    ),
  );
}

const brokeOff = /^OpenAI could not be reached, or broke off: /;
const noCompletion = /not a chat completion/;
const error200 = JSON.stringify({ error: { message: "No such luck" } });
const toolAnswer = { content: null, tool_calls: [{ function: { name: "fire_kiln", arguments: "{}" } }] };

const refusals: ZooCase[] = [
  ...[400, 401, 403, 404, 413, 422, 429, 500, 503, 529].flatMap(refused),
  fails("a cut behind the head", zoo.chunked({ end: false }), brokeOff, brokeOff),
  fails("a reset before the head", (cage) => cage.reset(), brokeOff, brokeOff),
  fails("an end before the head", (cage) => cage.end(), brokeOff, brokeOff),
  fails("bytes that are no HTTP", (cage) => cage.send("SSH-2.0-OpenSSH\r\n").then(cage.end), brokeOff, brokeOff),
  fails("a page where a stream was due", zoo.whole(200, page, html), /^OpenAI did not stream: it sent text\/html/, {
    includes: "The gateway is away",
  }),
  fails(
    "an answer where a stream was due",
    zoo.whole(200, answer),
    /^OpenAI did not stream: it sent application/,
    {
      includes: answer,
    },
    { proxyTold: zoo.told },
  ),
  fails("an empty stream", zoo.streaming(), /^OpenAI ended the stream in the middle/, { includes: "" }),
  fails(
    "a redirect to an address of its own",
    (cage) => zoo.whole(307, "", { location: `http://${cage.request.headers["host"] ?? ""}/private` })(cage),
    /^OpenAI answered 307/,
    /^OpenAI answered 307: redirects are not followed/,
  ),
  fails(
    "an error with a status of success",
    zoo.whole(200, error200),
    /No such luck|did not stream/,
    {
      includes: error200,
    },
    plain,
  ),
  fails("a page where JSON was due", zoo.whole(200, page, html), noCompletion, { includes: page }, plain),
  fails(
    "a page with 502",
    zoo.whole(502, page, html),
    /^OpenAI answered 502: Bad gateway The gateway is away$/,
    {
      status: 502,
      includes: page,
    },
    plain,
  ),
  fails(
    "a stream where JSON was due",
    zoo.streaming(ordinary),
    noCompletion,
    { includes: "[DONE]" },
    {
      ...plain,
      proxyTold: zoo.told,
    },
  ),
  fails("an empty body", zoo.whole(200, ""), noCompletion, { includes: "" }, plain),
  fails("JSON that breaks off", zoo.whole(200, answer.slice(0, -30)), noCompletion, { includes: "paci" }, plain),
  fails(
    "less than its content-length",
    zoo.whole(200, answer, { ...zoo.json, "content-length": "9999" }),
    brokeOff,
    brokeOff,
    plain,
  ),
];

const wholes: ZooCase[] = [
  answers("an ordinary answer", answer, zoo.told),
  answers("an answer without usage", zoo.completion({ content: said }), "counted"),
  answers("an answer of an absurd usage", zoo.completion({ content: said }, { usage: zoo.usage(-1, 1e15) }), "counted"),
  answers("an answer of a usage of zero", zoo.completion({ content: said }, { usage: zoo.usage(0, 0) }), "counted"),
  answers("an answer that is a tool call", zoo.completion(toolAnswer), "counted", {
    text: "",
    generated: "fire_kiln{}",
  }),
  answers("no choices", JSON.stringify({ choices: [], usage: zoo.usage(7, 0) }), { input: 7, output: 0 }, { text: "" }),
  answers("content in parts", zoo.completion({ content: [{ type: "text", text: said }] }), "counted", {
    text: "",
    generated: said,
  }),
];

/** Everything that an upstream does wrong, and the little that it does right. */
export const animals: ZooCase[] = [...streams, ...broken, ...refusals, ...wholes];
