import { z } from "zod";
import { route } from "@/lib/http/route";
import { revokeKey } from "@/lib/keys/revoke-key";
import { UpdateKeyInput } from "@/lib/keys/schemas";
import { updateKey } from "@/lib/keys/update-key";

const params = z.object({ id: z.string() });

export const PATCH = route({ scope: "keys", params, body: UpdateKeyInput }, ({ ctx, params, body }) =>
  updateKey(ctx, { ...body, ...params }),
);

export const DELETE = route({ scope: "keys", params }, ({ ctx, params }) => revokeKey(ctx, params.id));
