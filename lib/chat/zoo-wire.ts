import type { Animal, Cage } from "./zoo-upstream";

/** What the model says, in the words of its chunks: some of their letters are several bytes. */
export const words = ["A paciência", " é tudo", " — 😀", " the quiet", " street."];
export const said = words.join("");

const base = { id: "chatcmpl-1", created: 1, model: "gpt-4o-mini" };

export function event(data: unknown): string {
  return `data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`;
}

export function chunk(delta: unknown, more: Record<string, unknown> = {}, index = 0): string {
  const choices = [{ index, delta, finish_reason: null }];
  return event({ ...base, object: "chat.completion.chunk", choices, ...more });
}

export function usage(input: unknown, output: unknown) {
  return { prompt_tokens: input, completion_tokens: output };
}

export function usageChunk(input: unknown, output: unknown): string {
  return event({ ...base, choices: [], usage: usage(input, output) });
}

export function completion(message: unknown, more: Record<string, unknown> = {}): string {
  return JSON.stringify({ ...base, object: "chat.completion", choices: [{ index: 0, message }], ...more });
}

export const start = chunk({ role: "assistant", content: "" });
export const spoken = words.map((content) => chunk({ content })).join("");
export const stop = event({ ...base, choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
export const done = event("[DONE]");
/** What goes before the usage. */
export const answered = start + spoken + stop;
/** An answer as it should be: 7 tokens in, 11 out. */
export const told = { input: 7, output: 11 };
export const counted = usageChunk(told.input, told.output);
export const ordinary = answered + counted + done;
export const answer = completion({ role: "assistant", content: said }, { usage: usage(told.input, told.output) });
export const page = "<html><head><title>Bad gateway</title></head><body><h1>The gateway is away</h1></body></html>";

/** The head of an answer whose end is the end of the connection. */
export function head(status: number, headers: Record<string, string> = {}): string {
  const lines = Object.entries({ connection: "close", ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Any\r\n${lines.join("")}\r\n`;
}

export const eventStream = { "content-type": "text/event-stream" };
export const json = { "content-type": "application/json" };

type Bytes = string | Uint8Array;

/** Answers with a stream of events, then closes. */
export function streaming(...parts: Bytes[]): Animal {
  return encoded({}, ...parts);
}

export function encoded(headers: Record<string, string>, ...parts: Bytes[]): Animal {
  return async (cage) => {
    await cage.send(head(200, { ...eventStream, ...headers }));
    for (const part of parts) await cage.send(part);
    cage.end();
  };
}

/** Answers with a stream in chunks of HTTP, then closes; without `end` the stream is cut there. */
export function chunked({ end }: { end: boolean }, ...parts: Bytes[]): Animal {
  return async (cage) => {
    await cage.send(head(200, { ...eventStream, "transfer-encoding": "chunked" }));
    for (const part of parts) await cage.send(httpChunk(Buffer.from(part as Uint8Array)));
    if (end) await cage.send("0\r\n\r\n");
    cage.end();
  };
}

function httpChunk(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]);
}

/** Sends what it has, and breaks the connection off when the other side has read it. */
export function resetting(text: Bytes): Animal {
  return async (cage: Cage) => {
    await cage.send(head(200, { ...eventStream, "transfer-encoding": "chunked" }));
    await cage.send(httpChunk(Buffer.from(text as Uint8Array)));
    // a RST overtakes what is not read yet
    setTimeout(() => cage.reset(), 20);
  };
}

/** Answers with a whole body, then closes. */
export function whole(status: number, body: Bytes, headers: Record<string, string> = json): Animal {
  return async (cage) => {
    await cage.send(head(status, headers));
    if (body.length > 0) await cage.send(body);
    cage.end();
  };
}
