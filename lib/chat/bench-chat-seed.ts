import type { Ctx } from "@/lib/auth/context";
import { grant } from "@/lib/billing/ledger";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/ids";
import { createKey } from "@/lib/keys/create-key";
import { CreateKeyInput } from "@/lib/keys/schemas";
import { packVector, vectorDimensions } from "@/lib/models/vector";

const primitives = 1_000;
const components = ["alpha", "beta", "delta", "epsilon"] as const;
const predicates = { alpha: "is", beta: "values", delta: "reasons", epsilon: "does" } as const;
const words =
  "patience kiln river glaze market winter bread letters harbour music silence teacher garden horses maps clocks".split(
    " ",
  );

/** An account with credit, a key, and a face of a thousand primitives called mara. @returns the key */
export async function seed(db: Db): Promise<string> {
  const accountId = newId("account");
  await db.account.create({ data: { id: accountId, plan: "pro" } });
  await grant(db, { accountId, amountMicroUsd: 10_000_000_000n, reference: "bench" });
  const faceId = newId("face");
  await db.face.create({
    data: { id: faceId, accountId, username: "mara", name: "Mara", basicFacts: "Mara is a potter." },
  });
  await db.primitive.createMany({ data: Array.from({ length: primitives }, (_, n) => primitive(faceId, n)) });
  const actor = {
    accountId,
    isAdmin: false,
    isFrozen: false,
    scopes: [],
    credential: { kind: "session", sessionId: "" },
  } as const;
  const ctx: Ctx = { actor, db, requestId: "req_bench", signal: new AbortController().signal };
  return (await createKey(ctx, CreateKeyInput.parse({ name: "bench" }))).key;
}

/** The same every time: a small generator instead of chance (Park and Miller, 1988). */
function primitive(faceId: string, n: number) {
  let state = n + 1;
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const word = () => words[Math.floor(random() * words.length)] ?? "";
  const component = components[n % components.length] ?? "alpha";
  const statement = `I ${["value", "keep", "love", "fear"][n % 4]} ${word()} and ${word()} more than ${word()} number ${n}.`;
  return {
    ...{ id: newId("primitive"), faceId, key: `bench-${n}`, component, predicate: predicates[component] },
    ...{ polarity: "pos", statement, object: word(), confidence: 0.9, alternatives: [], state: "active" },
    vector: packVector(Float32Array.from({ length: vectorDimensions }, () => random() - 0.5)),
  };
}
