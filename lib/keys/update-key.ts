import type { Ctx } from "@/lib/auth/context";
import { forget } from "@/lib/auth/memory";
import { NotFoundError } from "@/lib/errors";
import { expiryIn } from "./expiry-in";
import { toKeyView } from "./key-view";
import { requireKeyManager } from "./require-key-manager";
import type { KeyView, UpdateKeyInput } from "./schemas";

/** Changes a key's name, limits or spent counter. @throws {NotFoundError} @throws {ForbiddenError} */
export async function updateKey(ctx: Ctx, { id, ...input }: UpdateKeyInput & { id: string }): Promise<KeyView> {
  await requireKeyManager(ctx, input.scopes);
  const { actor, db } = ctx;
  const changed = await db.apiKey.updateMany({
    where: { id, accountId: actor.accountId, revokedAt: null, embed: null },
    data: {
      ...(input.name === undefined ? {} : { name: input.name }),
      ...(input.budget_usd === undefined ? {} : { budgetMicroUsd: input.budget_usd }),
      ...(input.allowlist === undefined ? {} : { allowlist: input.allowlist }),
      ...(input.scopes === undefined ? {} : { scopes: input.scopes }),
      ...(input.expires_in_days === undefined ? {} : { expiresAt: expiryIn(input.expires_in_days) }),
      ...(input.allowed_faces === undefined ? {} : { allowedFaces: input.allowed_faces }),
      ...(input.allowed_models === undefined ? {} : { allowedModels: input.allowed_models }),
      ...(input.reset_spent ? { spentMicroUsd: 0n } : {}),
    },
  });
  forget({ table: "api_keys", value: id });
  if (changed.count === 0) throw new NotFoundError("The API key");
  return toKeyView(await db.apiKey.findUniqueOrThrow({ where: { id } }));
}
