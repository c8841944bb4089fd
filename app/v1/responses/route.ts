import { completeChat } from "@/lib/chat/complete-chat";
import { toChatRequest } from "@/lib/chat/responses-request";
import { ResponsesRequest } from "@/lib/chat/responses-schemas";
import { responsesWire } from "@/lib/chat/responses-wire";
import { toAppError, toErrorBody } from "@/lib/http/error-response";
import { route } from "@/lib/http/route";
import { retrieve } from "@/lib/retrieve/retrieve";

export const POST = route({ scope: "chat", body: ResponsesRequest }, ({ ctx, body }) =>
  completeChat(
    ctx,
    toChatRequest(body),
    { retrieve, toErrorBody: (error) => toErrorBody(toAppError(error, ctx.requestId), ctx.requestId).body },
    responsesWire(body),
  ),
);
