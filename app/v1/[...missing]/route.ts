import { NotFoundError } from "@/lib/errors";
import { publicRoute } from "@/lib/http/route";

const missing = publicRoute({}, ({ request }) => {
  throw new NotFoundError(`${request.method} ${new URL(request.url).pathname}`);
});

export { missing as DELETE, missing as GET, missing as PATCH, missing as POST, missing as PUT };
