import { z } from "zod";
import { Cursor } from "@/lib/http/page";
import { components } from "./grammar";

/** Which nodes beside the primitives are wanted. */
export const nodeKinds = ["primitive", "person", "place", "topic", "span"] as const;
export type NodeKind = (typeof nodeKinds)[number];

/** `GET …/graph?component=&kind=&limit=&cursor=`: `limit` counts primitives; `kind` may name several, by commas. */
export const ShowGraphQuery = z.object({
  component: z.enum(components).optional(),
  kind: z
    .string()
    .max(80)
    .transform((names) => names.split(",").map((name) => name.trim()))
    .pipe(z.array(z.enum(nodeKinds)).min(1))
    .optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(300),
  cursor: Cursor.optional(),
});
export type ShowGraphQuery = z.infer<typeof ShowGraphQuery>;

export const GraphNodeView = z.object({
  id: z.string(),
  kind: z.enum(nodeKinds),
  label: z.string(),
  component: z.enum(components).optional(),
  confidence: z.number().optional(),
  state: z.enum(["active", "draft", "disabled"]).optional(),
  weight: z
    .number()
    .describe(
      "Of a primitive: sentences it rests on; of a concept: primitives about it; of a span: primitives it supports.",
    ),
});
export type GraphNodeView = z.infer<typeof GraphNodeView>;

export const GraphEdgeView = z.object({
  from: z.string(),
  to: z.string(),
  kind: z.enum(["about", "supports", "tension", "neighbour"]),
  weight: z.number(),
});
export type GraphEdgeView = z.infer<typeof GraphEdgeView>;

/** A page of a face's graph. */
export const GraphView = z.object({ nodes: z.array(GraphNodeView), edges: z.array(GraphEdgeView) });
export type GraphView = z.infer<typeof GraphView>;
