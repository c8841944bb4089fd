import { z } from "zod";
import { route } from "@/lib/http/route";
import { revokeKey } from "@/lib/keys/revoke-key";
import { KeyView, UpdateKeyInput } from "@/lib/keys/schemas";
import { updateKey } from "@/lib/keys/update-key";

const params = z.object({ id: z.string() });

export const PATCH = route(
  {
    summary: "Change an API key",
    about: "What is left out stays; null takes a budget or an end away. reset_spent begins a new count.",
    reply: KeyView,
    scope: "keys",
    params,
    body: UpdateKeyInput,
  },
  ({ ctx, params, body }) => updateKey(ctx, { ...body, ...params }),
);

export const DELETE = route(
  {
    summary: "Revoke an API key",
    about: "Ends it at once, in every process.",
    reply: z.object({ id: z.string(), revoked: z.literal(true) }),
    scope: "keys",
    params,
  },
  ({ ctx, params }) => revokeKey(ctx, params.id),
);
