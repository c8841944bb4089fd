import { InvalidInputError } from "@/lib/errors";
import { route } from "@/lib/http/route";

export const POST = route({ scope: "chat" }, () => {
  throw new InvalidInputError(
    "Only responses in the background can be cancelled, and none are given here: close the connection instead.",
  );
});
