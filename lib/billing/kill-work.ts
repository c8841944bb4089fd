import type { Db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { chargeCompile } from "./charge-compile";
import { topUp } from "./ledger";

/** What the process that is killed does in each of its lanes, again and again. */
export type LaneKind = "chat" | "released" | "compile" | "topup";
export const lanes: readonly LaneKind[] = [
  ...Array.from({ length: 16 }, (): LaneKind => "chat"),
  ...(["released", "compile", "topup"] as const),
  ...(["released", "compile", "topup"] as const),
];

/** What it is told when it shall begin. */
export type Start = { accountId: string; apiKeyId: string | null; faceId: string; seed: number };

/** Tokens that go into every call. */
export const killedInput = 100;
export const pieceTokens = 700;
export const topUpMicroUsd = 1_000n;

/** Where pieces are stored in the transaction that charges them. */
export async function createPieces(db: Db): Promise<void> {
  await db.$executeRaw`CREATE TABLE kill_pieces (reference text PRIMARY KEY, account_id text NOT NULL)`;
}

/** One step of a job: stores a piece and charges it. The same again, as by the job's next attempt, changes nothing. */
export function compilePiece(
  db: Db,
  owner: { accountId: string; apiKeyId: string | null; faceId: string },
  reference: string,
): Promise<void> {
  return transaction(db, async (tx) => {
    await tx.$executeRaw`INSERT INTO kill_pieces VALUES (${reference}, ${owner.accountId}) ON CONFLICT DO NOTHING`;
    // a token on credit costs two micro-USD
    const rate = { model: "m", price: { input: 1, output: 1 } };
    await chargeCompile(tx, { ...owner, documentId: "doc_1", reference, tokens: pieceTokens, rate });
  });
}

/** Credit that was paid; the webhook that tells of it may come again. */
export function topUpOnce(db: Db, accountId: string, reference: string): Promise<boolean> {
  return topUp(db, { accountId, amountMicroUsd: topUpMicroUsd, reference });
}
