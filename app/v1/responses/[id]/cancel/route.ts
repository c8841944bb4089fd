import { ResponseView } from "@/lib/chat/reply-schemas";
import { InvalidInputError } from "@/lib/errors";
import { route } from "@/lib/http/route";
import { bare } from "@/lib/http/route-definition";

export const POST = route(
  {
    summary: "Cancel a response",
    about: "Always 422: none are given in the background. Close the connection instead.",
    reply: bare(ResponseView),
    scope: "chat",
  },
  () => {
    throw new InvalidInputError(
      "Only responses in the background can be cancelled, and none are given here: close the connection instead.",
    );
  },
);
