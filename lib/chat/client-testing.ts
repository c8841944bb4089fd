import type { Ctx } from "@/lib/auth/context";
import { createKey } from "@/lib/keys/create-key";
import { CreateKeyInput } from "@/lib/keys/schemas";

/** An API key of the account, as a client sends it. */
export async function keyOf(ctx: Ctx): Promise<string> {
  const { key } = await createKey(ctx, CreateKeyInput.parse({ name: "client" }));
  return key;
}
