/**
 * A process that runs requests as a server does: each line on its standard input is a round, in which it starts so many
 * at once; each holds money and is settled for all of it. It answers with how many it served.
 */
import { createInterface } from "node:readline";
import { connect, databaseUrl } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { reserve } from "./reservations";
import { settleAnswer } from "./settle-answers";

const db = connect(databaseUrl());
process.stdout.write("ready\n");
for await (const line of createInterface({ input: process.stdin })) {
  const { accountId, apiKeyId, each, count } = JSON.parse(line) as Round;
  const amountMicroUsd = BigInt(each);
  const served = await Promise.all(Array.from({ length: count }, () => request(accountId, apiKeyId, amountMicroUsd)));
  process.stdout.write(`${served.filter(Boolean).length}\n`);
}
await db.$disconnect();

type Round = { accountId: string; apiKeyId: string; each: number; count: number };

async function request(accountId: string, apiKeyId: string, amountMicroUsd: bigint): Promise<boolean> {
  const hold = { accountId, apiKeyId, amountMicroUsd, expiresInSeconds: 600 };
  const reservationId = await reserve(db, hold).catch((error: unknown) => {
    if (error instanceof AppError && /insufficient_credits|budget_exceeded/.test(error.code)) return null;
    throw error;
  });
  if (reservationId === null) return false;
  await settleAnswer(db, {
    ...{ traceId: newId("trace"), kind: "chat", accountId, apiKeyId, reservationId, model: "m", face: null },
    ...{ inputTokens: 1, outputTokens: 1, personaTokens: 0, costMicroUsd: amountMicroUsd, items: [], timings: {} },
  });
  return true;
}
