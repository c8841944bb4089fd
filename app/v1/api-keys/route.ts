import { PageQuery } from "@/lib/http/page";
import { route } from "@/lib/http/route";
import { createKey } from "@/lib/keys/create-key";
import { listKeys } from "@/lib/keys/list-keys";
import { CreateKeyInput } from "@/lib/keys/schemas";

export const GET = route({ scope: "keys", query: PageQuery }, ({ ctx, query }) => listKeys(ctx, query));

export const POST = route({ scope: "keys", body: CreateKeyInput, status: 201, isSecret: true }, ({ ctx, body }) =>
  createKey(ctx, body),
);
