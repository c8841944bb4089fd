import Link from "next/link";
import { referenceText as words } from "@/components/strings/reference";
import { cn } from "@/components/ui/cn";
import type { JsonSchema, OpenApiDocument } from "@/lib/openapi/document-types";
import { CodeWords } from "./code-words";
import { nameOf, resolve } from "./reference-data";
import { holderOf, limitWords, typeWords } from "./type-words";

export type FieldView = { name: string; schema: JsonSchema; isRequired: boolean; description?: string | undefined };

type FieldTableProps = {
  document: OpenApiDocument;
  label: string;
  fields: FieldView[];
  /** whether it is told which fields must be there, as of what one sends */
  isAsked: boolean;
  depth?: number;
};

/** Deeper than this a field names its schema instead of unfolding. */
const deepest = 3;

/** The fields of a thing: name, type, what it means and must be. What it holds itself unfolds below it. */
export function FieldTable({ document, label, fields, isAsked, depth = 0 }: FieldTableProps) {
  return (
    <dl aria-label={label} className={cn("text-2", depth === 0 && "border-b border-line")}>
      {fields.map((field) => (
        <Field key={field.name} document={document} field={field} isAsked={isAsked} depth={depth} />
      ))}
    </dl>
  );
}

type FieldProps = { document: OpenApiDocument; field: FieldView; isAsked: boolean; depth: number };

function Field({ document, field: { name, schema, isRequired, description }, isAsked, depth }: FieldProps) {
  const says = [description ?? schema.description, ...limitWords(resolve(document, schema))].filter(Boolean).join(" ");
  // within a thing that has a name, others with a name are links alone
  const isLink = depth > 1 && nameOf(holderOf(schema)) !== null;
  const inner = isLink ? [] : fieldsOf(document, schema);
  return (
    <div className="grid gap-x-4 gap-y-0.5 border-t border-line py-2 mid:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <dt className="flex flex-wrap items-baseline gap-x-2">
        <code className="font-strong [overflow-wrap:anywhere]">{name}</code>
        <TypeWords schema={schema} />
        {isAsked && isRequired ? <span className="text-1 text-danger">{words.required}</span> : null}
      </dt>
      <dd className="text-ink-2 [overflow-wrap:anywhere]">
        <CodeWords text={says} />
      </dd>
      {inner.length > 0 && depth < deepest ? (
        <dd className="mid:col-span-2">
          <details>
            <summary className="w-fit py-1 text-1 text-ink-3 hover:text-ink">{words.moreFields(inner.length)}</summary>
            <div className="border-l border-line pl-3">
              <FieldTable document={document} label={name} fields={inner} isAsked={isAsked} depth={depth + 1} />
            </div>
          </details>
        </dd>
      ) : null}
    </div>
  );
}

/** A type; one that has a name leads to its fields. */
function TypeWords({ schema }: { schema: JsonSchema }) {
  const name = nameOf(holderOf(schema));
  const text = typeWords(schema);
  if (name === null) return <span className="text-1 text-ink-3">{text}</span>;
  return (
    <Link href={`/reference/schemas#${name}`} className="link text-1">
      {text}
    </Link>
  );
}

/** The fields of what a schema holds; none of a plain value. */
export function fieldsOf(document: OpenApiDocument, schema: JsonSchema): FieldView[] {
  const holder = resolve(document, holderOf(resolve(document, schema)));
  const choices = holder.anyOf ?? holder.oneOf;
  if (choices !== undefined) return mergedFields(document, choices);
  const { properties = {}, required = [] } = holder;
  return Object.entries(properties).map(([name, each]) => ({
    name,
    schema: each,
    isRequired: required.includes(name),
  }));
}

/** What one of several forms has: each field once. */
function mergedFields(document: OpenApiDocument, choices: readonly JsonSchema[]): FieldView[] {
  const all = choices.filter(({ type }) => type !== "null").flatMap((choice) => fieldsOf(document, choice));
  return [...new Map(all.map((field) => [field.name, { ...field, isRequired: false }])).values()];
}
