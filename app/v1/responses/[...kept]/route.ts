import { NotFoundError } from "@/lib/errors";
import { publicRoute } from "@/lib/http/route";

/** What would read or change a response by its id. Answers are not kept, and a client shall learn why it finds none. */
const notKept = publicRoute({}, ({ request }) => {
  const { pathname } = new URL(request.url);
  throw new NotFoundError(`No responses are kept here, so ${request.method} ${pathname}`);
});

export { notKept as DELETE, notKept as GET, notKept as POST };
