import { z } from "zod";
import type { JsonSchema } from "./document-types";
import { schemaNames } from "./named-schemas";

/** Collects the schemas that have a name while others are written. */
export class SchemaWriter {
  readonly components: Record<string, JsonSchema> = {};

  /**
   * A schema as the document has it; named ones are references.
   *
   * @param io what a caller sends, or what it gets
   */
  write(schema: z.ZodType, io: "input" | "output"): JsonSchema {
    const { $schema: _, $defs, ...rest } = convert(schema, io);
    for (const [name, definition] of Object.entries($defs ?? {})) this.add(name, definition);
    const own = schemaNames.get(schema)?.id;
    // one that refers to itself is among the definitions already
    if (own === undefined || "$ref" in rest) return renamed(rest) as JsonSchema;
    this.add(own, rest);
    return { $ref: `#/components/schemas/${own}` };
  }

  private add(name: string, definition: unknown): void {
    const { id: _, ...rest } = renamed(definition) as JsonSchema & { id?: string };
    this.components[name] = rest;
  }
}

type Converted = { $schema?: string; $defs?: Record<string, unknown> } & Record<string, unknown>;

function convert(schema: z.ZodType, io: "input" | "output"): Converted {
  return z.toJSONSchema(schema, {
    io,
    metadata: schemaNames,
    target: "draft-2020-12",
    unrepresentable: "any",
    override({ zodSchema, jsonSchema }) {
      const json = jsonSchema as Record<string, unknown>;
      const read = readAs(zodSchema);
      // what is read in another form than it is sent: the form that comes out says what is meant
      if (read !== null) Object.assign(json, withoutHead(convert(read, io)));
      const description = z.globalRegistry.get(zodSchema)?.description;
      if (description !== undefined) json["description"] = description;
      if (io === "output" && json["additionalProperties"] === false) delete json["additionalProperties"];
      if (zodSchema._zod.def.type === "object") dropOptional(zodSchema, json);
      // the format says it
      if (json["format"] === "date" || json["format"] === "date-time" || json["format"] === "email")
        delete json["pattern"];
      if (json["format"] === "binary") {
        delete json["format"];
        delete json["contentEncoding"];
        json["contentMediaType"] = "application/octet-stream";
      }
      // whole numbers of a width that no caller needs to know
      if (json["maximum"] === Number.MAX_SAFE_INTEGER) delete json["maximum"];
      if (json["minimum"] === Number.MIN_SAFE_INTEGER) delete json["minimum"];
    },
  }) as Converted;
}

function withoutHead({ $schema: _, ...rest }: Converted): Record<string, unknown> {
  return rest;
}

/** What stands behind `z.preprocess`; null for everything else. */
function readAs(schema: z.core.$ZodType): z.ZodType | null {
  if (!(schema instanceof z.ZodPipe)) return null;
  return schema.def.in instanceof z.ZodTransform ? (schema.def.out as z.ZodType) : null;
}

/** A field that is optional once it is read may be left out. */
function dropOptional(schema: z.core.$ZodType, json: Record<string, unknown>): void {
  if (!(schema instanceof z.ZodObject) || !Array.isArray(json["required"])) return;
  const mayBeMissing = (name: string) => {
    const read = readAs(schema.shape[name] as z.ZodType);
    return read?._zod.optin === "optional";
  };
  const required = (json["required"] as string[]).filter((name) => !mayBeMissing(name));
  if (required.length > 0) json["required"] = required;
  else delete json["required"];
}

function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      key === "$ref" && typeof each === "string"
        ? each.replace(/^#\/\$defs\//u, "#/components/schemas/")
        : renamed(each),
    ]),
  );
}
