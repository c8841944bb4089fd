import { createInvite } from "@/lib/accounts/create-invite";
import { listInvites, ListInvitesQuery } from "@/lib/accounts/list-invites";
import { CreateInviteInput, InviteView, NewInviteView } from "@/lib/accounts/schemas";
import { route } from "@/lib/http/route";
import { listOf } from "@/lib/http/route-definition";

export const GET = route(
  {
    summary: "List invites",
    about: "For admins.",
    reply: listOf(InviteView),
    scope: "account",
    query: ListInvitesQuery,
  },
  ({ ctx, query }) => listInvites(ctx, query),
);

export const POST = route(
  {
    summary: "Create an invite",
    about: "The code is in this answer and nowhere else. For admins.",
    reply: NewInviteView,
    scope: "account",
    body: CreateInviteInput,
    status: 201,
    isSecret: true,
  },
  ({ ctx, body }) => createInvite(ctx, body),
);
