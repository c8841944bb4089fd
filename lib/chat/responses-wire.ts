import { z } from "zod";
import type { TokenUsage } from "@/lib/billing/prices";
import { AppError } from "@/lib/errors";
import { type ChatChunk, type ClientWire, readChunks, readCompletion, withBytes } from "./client-wire";
import type { Piece } from "./engine";
import type { ResponseEvent } from "./responses-items";
import type { ResponseKeeper } from "./responses-keeper";
import { toResponseHead } from "./responses-object";
import { forModel } from "./responses-request";
import type { ResponsesRequest } from "./responses-schemas";
import { type Addition, ResponseWriter } from "./responses-writer";
import { toSse } from "./sse-events";

const OurError = z.looseObject({
  error: z.looseObject({
    message: z.string(),
    code: z.string().nullish(),
    param: z.string().nullish(),
  }),
});

/**
 * OpenAI's Responses API, for one request.
 *
 * @param keeper keeps the response before its client is told that it is done, so that the next request finds it; null
 *   keeps nothing
 *
 * Source: https://platform.openai.com/docs/api-reference/responses-streaming
 */
export function responsesWire(request: ResponsesRequest, keeper: ResponseKeeper | null = null): ClientWire {
  const head = toResponseHead(request, keeper !== null);
  let writer = new ResponseWriter(head, request.model);
  return {
    begin: (prepared) => keeper?.begin(prepared),
    adapt: forModel,

    async plain(answer) {
      const completion = readCompletion(answer.body);
      if (!completion) throw new AppError("upstream_failed", "The model sent no answer that can be read.");
      // none at all is an answer of no words, which the provider counts like others
      const [choice] = completion.choices;
      writer.add({
        ...tellers(completion),
        said: choice?.message ?? {},
        logprobs: choice?.["logprobs"],
        finishReason: choice?.finish_reason ?? null,
      });
      await ended(writer, keeper, answer.usage, completion["usage"]);
      return { ...answer, body: new TextEncoder().encode(JSON.stringify(writer.response())) };
    },

    stream(pieces, { model }) {
      writer = new ResponseWriter(head, model);
      return responsePieces(pieces, writer, keeper);
    },

    errorEvent(error) {
      const { message, code, param } = OurError.safeParse(error).data?.error ?? { message: "The answer broke off." };
      return toBytes(writer.fail({ message, code: code ?? "server_error", param: param ?? null }));
    },
  };
}

async function* responsePieces(
  pieces: AsyncIterable<Piece>,
  writer: ResponseWriter,
  keeper: ResponseKeeper | null,
): AsyncGenerator<Piece> {
  let usage: Piece["usage"];
  let told: unknown;
  for await (const piece of pieces) {
    const chunks = readChunks(piece.bytes);
    usage = piece.usage ?? usage;
    told = chunks.findLast((chunk) => Boolean(chunk["usage"]))?.["usage"] ?? told;
    const events = chunks.flatMap((chunk) => chunkEvents(chunk, writer));
    if (piece.isEnd) {
      events.push(...(await ended(writer, keeper, usage ?? null, told)));
      return void (yield withBytes(piece, toBytes(events)));
    }
    yield withBytes(piece, events.length === 0 ? commentOf(piece.bytes) : toBytes(events));
  }
  yield { bytes: toBytes(await ended(writer, keeper, usage ?? null, told)), text: "", isEnd: true };
}

/** The events of the end, once the response is kept. Where it could not be, it says so. */
async function ended(
  writer: ResponseWriter,
  keeper: ResponseKeeper | null,
  usage: TokenUsage | null,
  told: unknown,
): Promise<ResponseEvent[]> {
  const events = writer.end(usage, told);
  if (keeper === null || (await keeper.keep(writer.response()))) return events;
  writer.isStored = false;
  return events.map((event, at) => (at === events.length - 1 ? { ...event, response: writer.response() } : event));
}

function chunkEvents(chunk: ChatChunk, writer: ResponseWriter): ResponseEvent[] {
  const [choice] = chunk.choices;
  const { delta, finish_reason, logprobs } = choice ?? {};
  return writer.add({ ...tellers(chunk), said: delta ?? {}, logprobs, finishReason: finish_reason ?? null });
}

/** What every answer and chunk tells of where it comes from. */
function tellers(answer: {
  model?: string | null | undefined;
  [field: string]: unknown;
}): Pick<Addition, "model" | "serviceTier"> {
  const tier = answer["service_tier"];
  return { model: answer.model || null, serviceTier: typeof tier === "string" ? tier : null };
}

/** A comment passes as it is: it keeps a quiet connection open. */
function commentOf(bytes: Uint8Array | null): Uint8Array | null {
  return bytes?.[0] === ":".charCodeAt(0) ? bytes : null;
}

function toBytes(events: ResponseEvent[]): Uint8Array {
  return Buffer.concat(events.map((event) => toSse(event, event.type)));
}
