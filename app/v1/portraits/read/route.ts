import { route } from "@/lib/http/route";
import { ReadInput, ReadView } from "@/lib/portraits/portrait-schemas";
import { readOrderText } from "@/lib/portraits/read-order-text";

export const POST = route(
  {
    summary: "Read a text without making anything",
    about: "What the engine would follow, what it would ignore and why, whom the text names, and what it would cost.",
    reply: ReadView,
    scope: "faces:read",
    body: ReadInput,
  },
  ({ ctx, body }) => readOrderText(ctx, body),
);
