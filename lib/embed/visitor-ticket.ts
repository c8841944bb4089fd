import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { derivedSecret } from "@/lib/auth/secrets";
import { parseJson } from "@/lib/json";

const lifeMs = 7 * 24 * 60 * 60 * 1000;

const Visitor = z.object({
  /** a number of the page's own, which says nothing of who it is */
  id: z.string(),
  /** whether the page was opened by itself or in a frame */
  where: z.enum(["page", "frame"]),
  /** milliseconds since 1970 */
  since: z.number(),
});
export type Visitor = z.infer<typeof Visitor>;

/** Signs what a page tells of its visitor. It ends with the page's address: a new one makes it worthless. */
export function createVisitorTicket(token: string, where: Visitor["where"]): string {
  const visitor: Visitor = { id: randomBytes(12).toString("base64url"), where, since: Date.now() };
  const text = Buffer.from(JSON.stringify(visitor)).toString("base64url");
  return `${text}.${signature(token, text)}`;
}

/** The visitor behind a ticket of this page; null: it is none of ours, or too old. */
export function readVisitorTicket(token: string, ticket: string): Visitor | null {
  const [text = "", signed = ""] = ticket.split(".");
  const expected = Buffer.from(signature(token, text));
  const given = Buffer.from(signed);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const visitor = Visitor.safeParse(parseJson(Buffer.from(text, "base64url").toString("utf8"))).data;
  return visitor === undefined || visitor.since < Date.now() - lifeMs ? null : visitor;
}

/** Stands for where a visitor calls from, in tables: addresses are people's. */
export function visitorDigest(text: string): string {
  return createHmac("sha256", derivedSecret("visitor")).update(text).digest("base64url").slice(0, 27);
}

function signature(token: string, text: string): string {
  return createHmac("sha256", derivedSecret("visitor")).update(`${token}\n${text}`).digest("base64url");
}
