import { POST as anthropicMessages } from "@/app/v1/anthropic/messages/route";
import { POST as chatCompletions } from "@/app/v1/chat/completions/route";
import { POST as search } from "@/app/v1/faces/[face]/search/route";
import { POST as messages } from "@/app/v1/messages/route";
import { POST as openAiCompletions } from "@/app/v1/openai/chat/completions/route";
import { POST as responses } from "@/app/v1/responses/route";
import type { RouteHandler } from "@/lib/http/node-adapter";

/**
 * The routes that programs call all day, answered without Next: a route of Next costs some twenty times of what a
 * proxied request costs. Each is the very handler of its route module, so that either way gives the same answer.
 */
export const hotRoutes: Record<string, RouteHandler> = {
  "POST /v1/chat/completions": chatCompletions,
  "POST /v1/messages": messages,
  "POST /v1/responses": responses,
  "POST /v1/openai/chat/completions": openAiCompletions,
  "POST /v1/anthropic/messages": anthropicMessages,
  "POST /v1/anthropic/v1/messages": anthropicMessages,
  "POST /v1/faces/{face}/search": search,
};
