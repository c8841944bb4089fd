import { z } from "zod";
import { cursorOf } from "@/lib/http/page";

/** `GET /v1/billing/notices`. */
export const NoticesQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: cursorOf("notice"),
  unread: z
    .enum(["true", "false"])
    .default("false")
    .transform((value) => value === "true"),
});
export type NoticesQuery = z.infer<typeof NoticesQuery>;
