import { z } from "zod";
import type { Ctx } from "@/lib/auth/context";
import { costMicroUsd, inputTokens, type TokenUsage } from "@/lib/billing/prices";
import { settleAnswer } from "@/lib/billing/settle-answers";
import type { Db } from "@/lib/db/client";
import type { Price } from "@/lib/models/price";
import type { MeteredCall, Outcome } from "./meter";
import type { TokenParts } from "./prompt-tokens";

/** All that is written of a call when it is over. It survives JSON, so that it can wait on disk. */
export const Settlement = z.object({
  traceId: z.string(),
  kind: z.enum(["chat", "proxy"]),
  accountId: z.string(),
  apiKeyId: z.string().nullable(),
  reservationId: z.string().nullable(),
  model: z.string(),
  face: z.object({ id: z.string(), version: z.int() }).nullable(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  personaTokens: z.int(),
  // notes of before it was told have none
  tokenParts: z.record(z.string(), z.int()).optional(),
  costMicroUsd: z.coerce.bigint(),
  items: z.array(z.record(z.string(), z.unknown())),
  timings: z.object({
    retrieve_ms: z.number().nullable(),
    first_byte_ms: z.number().nullable(),
    total_ms: z.number(),
  }),
});
export type Settlement = z.infer<typeof Settlement>;

type Settled = {
  ctx: Ctx;
  call: MeteredCall;
  price: Price;
  traceId: string;
  reservationId: string | null;
  usage: TokenUsage;
  outcome: Outcome;
  tokenParts: TokenParts;
};

export function toSettlement({ ctx, call, price, usage, outcome, ...rest }: Settled): Settlement {
  const { accountId, credential } = ctx.actor;
  const input = inputTokens(usage);
  return {
    ...rest,
    kind: call.kind,
    accountId,
    apiKeyId: credential.kind === "key" ? credential.keyId : null,
    model: call.model.id,
    face: call.face,
    inputTokens: input,
    outputTokens: usage.output,
    personaTokens: input - rest.tokenParts.messages,
    costMicroUsd: costMicroUsd(price, usage),
    // what went into the prompt: what was found for this conversation, then what is in every prompt of the face
    items: [
      ...call.items.map((item) => ({ ...item, part: "found" })),
      ...call.core.map((item) => ({ ...item, part: "core" })),
    ],
    timings: {
      retrieve_ms: call.retrieveMs,
      first_byte_ms: outcome.firstByteMs,
      total_ms: Math.round(performance.now() - call.startedAt),
    },
  };
}

/** Writes a call's charge, usage and trace, and ends its reservation. The same trace twice is written once. */
export const storeSettlement: (db: Db, settlement: Settlement) => Promise<void> = settleAnswer;
