import { z } from "zod";
import { resumeSyncs } from "@/lib/compile/resume-syncs";
import { readBytes } from "@/lib/http/read-body";
import { publicRoute } from "@/lib/http/route";
import { receiveWebhook } from "@/lib/payments/receive-webhook";

/** Stripe's events are some kilobytes. */
const maxBytes = 1024 * 1024;

export const POST = publicRoute(
  {
    summary: "Receive an event of Stripe",
    about: "For Stripe alone: the body must be signed.",
    reply: z.object({ received: z.literal(true), outcome: z.string() }),
    rateClass: "write",
  },
  async ({ db, request }) => {
    const payload = await readBytes(request, maxBytes);
    const signature = request.headers.get("stripe-signature");
    const settled = await receiveWebhook(db, { payload, signature, signal: request.signal });
    // what waited for credit or quota goes on; should this fail, housekeeping sees to it within a minute
    if (settled.outcome === "done" && settled.accountId !== null) await resumeSyncs(db, settled.accountId);
    return { received: true, outcome: settled.outcome };
  },
);
