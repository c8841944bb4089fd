import { route } from "@/lib/http/route";
import { listOf } from "@/lib/http/route-definition";
import { createKey } from "@/lib/keys/create-key";
import { listKeys } from "@/lib/keys/list-keys";
import { CreateKeyInput, ListKeysQuery, KeyView, NewKeyView } from "@/lib/keys/schemas";

export const GET = route(
  {
    summary: "List API keys",
    about: "Newest first; with revoked=true also those that are over.",
    reply: listOf(KeyView),
    scope: "keys",
    query: ListKeysQuery,
  },
  ({ ctx, query }) => listKeys(ctx, query),
);

export const POST = route(
  {
    summary: "Create an API key",
    about: "The key is in this answer and nowhere else: what is stored is a hash.",
    reply: NewKeyView,
    scope: "keys",
    body: CreateKeyInput,
    status: 201,
    isSecret: true,
  },
  ({ ctx, body }) => createKey(ctx, body),
);
