import { createResponse } from "@/lib/chat/responses-create";
import { ResponsesRequest } from "@/lib/chat/responses-schemas";
import { toAppError, toErrorBody } from "@/lib/http/error-response";
import { route } from "@/lib/http/route";
import { retrieve } from "@/lib/retrieve/retrieve";

export const POST = route({ scope: "chat", body: ResponsesRequest }, ({ ctx, body }) =>
  createResponse(ctx, body, {
    retrieve,
    toErrorBody: (error) => toErrorBody(toAppError(error, ctx.requestId), ctx.requestId).body,
  }),
);
