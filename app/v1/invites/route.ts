import { createInvite } from "@/lib/accounts/create-invite";
import { listInvites, ListInvitesQuery } from "@/lib/accounts/list-invites";
import { CreateInviteInput } from "@/lib/accounts/schemas";
import { route } from "@/lib/http/route";

export const GET = route({ scope: "account", query: ListInvitesQuery }, ({ ctx, query }) => listInvites(ctx, query));

export const POST = route({ scope: "account", body: CreateInviteInput, status: 201, isSecret: true }, ({ ctx, body }) =>
  createInvite(ctx, body),
);
