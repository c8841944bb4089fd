import { z } from "zod";
import { cancelSync } from "@/lib/compile/cancel-sync";
import { quoteSync } from "@/lib/compile/quote-sync";
import { SyncQuote, SyncStarted } from "@/lib/compile/schemas";
import { startSync } from "@/lib/compile/start-sync";
import { SyncStatus } from "@/lib/faces/schemas";
import { Reply, route } from "@/lib/http/route";

const params = z.object({ face: z.string() });
const query = z.object({ dry_run: z.enum(["true", "false", "1", "0"]).default("false") });

export const POST = route(
  {
    isBilled: true,
    status: 202,
    statuses: { 200: "A quote, which is binding, or how the face stands when nothing waits." },
    summary: "Sync a face",
    about:
      "Compiles every source that waits. Pressed twice it is one job. With dry_run the quote alone: the charge never exceeds it.",
    reply: z.union([SyncStarted, SyncQuote, z.object({ face_id: z.string(), sync_status: SyncStatus })]),
    scope: "faces:write",
    params,
    query,
  },
  async ({ ctx, params, query }) => {
    if (query.dry_run === "true" || query.dry_run === "1") return new Reply(200, await quoteSync(ctx, params.face));
    const { started, view } = await startSync(ctx, params.face);
    return new Reply(started ? 202 : 200, view);
  },
);

export const DELETE = route(
  {
    summary: "Cancel a sync",
    about: "It stops at the next piece and keeps what is done.",
    reply: z.object({ face_id: z.string(), cancelled: z.boolean() }),
    scope: "faces:write",
    params,
  },
  ({ ctx, params }) => cancelSync(ctx, params.face),
);
