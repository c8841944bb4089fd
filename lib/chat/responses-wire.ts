import { z } from "zod";
import { AppError } from "@/lib/errors";
import { type ChatChunk, type ClientWire, readChunks, readCompletion, withBytes } from "./client-wire";
import type { Piece } from "./engine";
import type { ResponseEvent } from "./responses-items";
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
 * Source: https://platform.openai.com/docs/api-reference/responses-streaming
 */
export function responsesWire(request: ResponsesRequest): ClientWire {
  const head = toResponseHead(request);
  let writer = new ResponseWriter(head, request.model);
  return {
    adapt: forModel,

    plain(answer) {
      const completion = readCompletion(answer.body);
      const [choice] = completion?.choices ?? [];
      if (!completion || !choice) throw new AppError("upstream_failed", "The model sent no answer that can be read.");
      const { message: said, finish_reason, logprobs } = choice;
      writer.add({ ...tellers(completion), said, logprobs, finishReason: finish_reason ?? null });
      writer.end(answer.usage, completion["usage"]);
      return { ...answer, body: new TextEncoder().encode(JSON.stringify(writer.response())) };
    },

    stream(pieces, { model }) {
      writer = new ResponseWriter(head, model);
      return responsePieces(pieces, writer);
    },

    errorEvent(error) {
      const { message, code, param } = OurError.safeParse(error).data?.error ?? { message: "The answer broke off." };
      return toBytes(writer.fail({ message, code: code ?? "server_error", param: param ?? null }));
    },
  };
}

async function* responsePieces(pieces: AsyncIterable<Piece>, writer: ResponseWriter): AsyncGenerator<Piece> {
  let usage: Piece["usage"];
  let told: unknown;
  for await (const piece of pieces) {
    const chunks = readChunks(piece.bytes);
    usage = piece.usage ?? usage;
    told = chunks.findLast((chunk) => Boolean(chunk["usage"]))?.["usage"] ?? told;
    const events = chunks.flatMap((chunk) => chunkEvents(chunk, writer));
    if (piece.isEnd) return void (yield withBytes(piece, toBytes([...events, ...writer.end(usage ?? null, told)])));
    yield withBytes(piece, events.length === 0 ? commentOf(piece.bytes) : toBytes(events));
  }
  yield { bytes: toBytes(writer.end(usage ?? null, told)), text: "", isEnd: true };
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
