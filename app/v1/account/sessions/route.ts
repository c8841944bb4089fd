import { z } from "zod";
import { revokeOtherSessions } from "@/lib/auth/end-session";
import { listSessions, ListSessionsQuery } from "@/lib/auth/list-sessions";
import { SessionView } from "@/lib/auth/schemas";
import { route } from "@/lib/http/route";
import { listOf } from "@/lib/http/route-definition";

export const GET = route(
  { summary: "List sessions", reply: listOf(SessionView), scope: "account", query: ListSessionsQuery },
  ({ ctx, query }) => listSessions(ctx, query),
);

export const DELETE = route(
  { summary: "End all other sessions", reply: z.object({ revoked: z.number() }), scope: "account" },
  ({ ctx }) => revokeOtherSessions(ctx),
);
