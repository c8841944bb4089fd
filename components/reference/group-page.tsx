import { PageHead } from "@/components/shell/page-head";
import { referenceText as words } from "@/components/strings/reference";
import type { OpenApiDocument } from "@/lib/openapi/document-types";
import { FieldTable, fieldsOf } from "./field-table";
import { type GroupEntry, routesOf } from "./reference-data";
import { RouteSection } from "./route-section";
import { typeWords } from "./type-words";

/** A chapter of the reference: its routes, one after the other. */
export function GroupPage({ document, group }: { document: OpenApiDocument; group: GroupEntry }) {
  return (
    <>
      <PageHead title={group.title} />
      <p className="measure mb-8 text-ink-2">{group.about}</p>
      <div>
        {routesOf(document, group.title).map((route) => (
          <RouteSection key={route.id} document={document} route={route} />
        ))}
      </div>
    </>
  );
}

/** What is answered in several places, each under its name. */
export function SchemasPage({ document }: { document: OpenApiDocument }) {
  const all = Object.entries(document.components.schemas).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return (
    <>
      <PageHead title={words.schemasTitle} />
      <p className="measure mb-8 text-ink-2">{words.schemasAbout}</p>
      {all.map(([name, schema]) => (
        <section
          key={name}
          id={name}
          aria-labelledby={`${name}-title`}
          className="grid max-w-180 scroll-mt-28 gap-2 border-t border-line py-6 wide:scroll-mt-6"
        >
          <h2 id={`${name}-title`}>
            <a href={`#${name}`} className="text-ink no-underline hover:underline">
              {name}
            </a>
          </h2>
          <p className="text-2 text-ink-2">{schema.description ?? typeWords(schema)}</p>
          <FieldTable document={document} label={name} fields={fieldsOf(document, schema)} isAsked={false} />
        </section>
      ))}
    </>
  );
}
