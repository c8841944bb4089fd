import { z } from "zod";
import { listVersions, VersionView } from "@/lib/compile/list-versions";
import { PageQuery } from "@/lib/http/page";
import { route } from "@/lib/http/route";
import { listOf } from "@/lib/http/route-definition";

const params = z.object({ face: z.string() });
/** A version's number. */
const cursor = z
  .string()
  .regex(/^\d{1,9}$/u, "is no cursor of this list: send next_cursor as it came")
  .optional();
const query = PageQuery.extend({ cursor });

export const GET = route(
  { summary: "List versions", reply: listOf(VersionView), scope: "faces:read", params, query },
  ({ ctx, params, query }) => listVersions(ctx, { ...query, ...params }),
);
