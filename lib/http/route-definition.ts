import { z } from "zod";
import type { Scope } from "@/lib/auth/context";

/** What the reference says of a route. */
export type RouteWords = {
  /** what it does, as the title of its entry: "Create a face" */
  summary?: string;
  /** what one has to know beyond that, in a sentence or two */
  about?: string;
  /** what it answers when it succeeds: what stands in `data`, or one of the forms below */
  reply?: z.ZodType | ReplyBody;
  /** successes other than the usual one, or what each of several means, by status */
  statuses?: Record<number, string>;
  /** the fields of a form, where it takes one instead of JSON; with `isAlsoJson` it takes either */
  form?: z.ZodType;
  isAlsoJson?: boolean;
  /** in whose shape it tells what went wrong; the contract's own unless said */
  errors?: "anthropic" | "astria";
  /** it costs money, so that credit, a budget or a quota may refuse it, and a model behind it may fail */
  isBilled?: boolean;
};

/** All that is known of a route without calling it: the API's document is made of these. */
export type RouteDefinition = RouteWords & {
  /** what the credential must allow; null: anyone may call */
  scope: Scope | null;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  status: number;
};

/** A built route without brackets in its path gets no parameters at all, whatever the types of Next say. */
export type NextContext = { params: Promise<Record<string, string | string[]> | undefined> };

type Handle = (request: Request, next: NextContext) => Promise<Response>;

export type DefinedHandler = Handle & { definition: RouteDefinition };

/** The body of an answer: JSON of a form, or other kinds of content, or both, by what was asked for. */
export class ReplyBody {
  constructor(
    /** the whole body; null: no JSON at all */
    readonly json: z.ZodType | null,
    /** other types of content, each with what it holds */
    readonly content: Record<string, string> = {},
  ) {}
}

/** `{data}`, as most routes answer. */
export function dataOf(schema: z.ZodType, content?: Record<string, string>): ReplyBody {
  return new ReplyBody(z.object({ data: schema }), content);
}

/** A page of a list: `{data: […], has_more, next_cursor}`. */
export function listOf(item: z.ZodType, content?: Record<string, string>): ReplyBody {
  const page = z.object({
    data: z.array(item),
    has_more: z.boolean().describe("Whether more follow."),
    next_cursor: z.string().nullable().describe("The cursor of the next page; null at the end."),
  });
  return new ReplyBody(page, content);
}

/** A body without our envelope. */
export function bare(schema: z.ZodType, content?: Record<string, string>): ReplyBody {
  return new ReplyBody(schema, content);
}

/** A body that is no JSON of ours. */
export function content(types: Record<string, string>): ReplyBody {
  return new ReplyBody(null, types);
}

/** What a route answers, in its envelope; null: it is not said. */
export function replyOf({ reply }: RouteWords): ReplyBody | null {
  if (reply === undefined) return null;
  return reply instanceof ReplyBody ? reply : dataOf(reply);
}

/** The definition of a route's handler; null where it is no handler of ours. */
export function definitionOf(handler: unknown): RouteDefinition | null {
  return typeof handler === "function" && "definition" in handler ? (handler.definition as RouteDefinition) : null;
}

/** The same route, its answers changed on their way out. */
export function answering(
  handler: DefinedHandler,
  change: (response: Response) => Response | Promise<Response>,
): DefinedHandler {
  const changed: Handle = async (request, next) => change(await handler(request, next));
  return Object.assign(changed, { definition: handler.definition });
}
