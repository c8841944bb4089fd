import { z } from "zod";
import { chatWithVisitor } from "@/lib/embed/chat-with-visitor";
import { VisitorChatInput } from "@/lib/embed/schemas";
import { admitActor } from "@/lib/http/rate-limit";
import { publicRoute } from "@/lib/http/route";
import { content } from "@/lib/http/route-definition";
import { requireOwnPage, visitorPlace } from "@/lib/http/visitor-request";
import { retrieve } from "@/lib/retrieve/retrieve";

const params = z.object({ token: z.string() });

/** From this installation's own pages alone: which sites may show those, the browser was told with the page. */
export const POST = publicRoute(
  {
    summary: "Chat as a visitor",
    about: "From this installation's own pages alone.",
    reply: content({
      "text/event-stream": 'Events without names: `{"text"}` as it is written, then `{"end":true}` or `{"error"}`.',
    }),
    params,
    body: VisitorChatInput,
    rateClass: "chat",
  },
  ({ db, requestId, request, params, body }) => {
    requireOwnPage(request);
    return chatWithVisitor({
      db,
      requestId,
      signal: request.signal,
      token: params.token,
      place: visitorPlace(request.headers),
      input: body,
      admit: (actor) => admitActor(actor, "chat", { standing: null }),
      retrieve,
    });
  },
);
