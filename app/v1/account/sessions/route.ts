import { revokeOtherSessions } from "@/lib/auth/end-session";
import { listSessions, ListSessionsQuery } from "@/lib/auth/list-sessions";
import { route } from "@/lib/http/route";

export const GET = route({ scope: "account", query: ListSessionsQuery }, ({ ctx, query }) => listSessions(ctx, query));

export const DELETE = route({ scope: "account" }, ({ ctx }) => revokeOtherSessions(ctx));
