import { Link2 } from "lucide-react";
import { referenceText as words } from "@/components/strings/reference";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { RichText } from "@/components/ui/rich-text";
import type { OpenApiDocument, Parameter } from "@/lib/openapi/document-types";
import { CodeWords } from "./code-words";
import { ExampleBlock } from "./example-block";
import { exampleOf } from "./example-value";
import { FieldTable, fieldsOf } from "./field-table";
import { MethodMark } from "./method-mark";
import { type AnswerView, answersOf, parametersOf, type RouteView } from "./reference-data";
import { examplesOf } from "./request-examples";
import { typeWords } from "./type-words";

/** One route: what it does, what it takes, what it answers, and how to call it. */
export function RouteSection({ document, route }: { document: OpenApiDocument; route: RouteView }) {
  const { id, title, operation } = route;
  const answers = answersOf(document, operation);
  const success = answers.find(({ isError, content }) => !isError && content["application/json"]?.schema);
  const schema = success?.content["application/json"]?.schema;
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="grid scroll-mt-28 grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-4 border-t border-line py-8 first:border-t-0 first:pt-0 wide:scroll-mt-6 min-[1360px]:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]"
    >
      <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
        <RouteHead route={route} />
        <Taken document={document} route={route} />
        <Answers document={document} answers={answers.filter(({ isError }) => !isError)} />
        <Errors answers={answers.filter(({ isError }) => isError)} />
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-4 min-[1360px]:sticky min-[1360px]:top-6 min-[1360px]:self-start">
        <ExampleBlock title={title} examples={examplesOf(document, route)} />
        {schema ? (
          <details>
            <summary className="mb-2 w-fit text-2 text-ink-2">{words.answerExample}</summary>
            <CodeBlock
              code={JSON.stringify(exampleOf(document, "", schema), null, 2)}
              label={words.answerExampleOf(title)}
              className="[&>pre]:max-h-96 [&>pre]:overflow-y-auto"
            />
          </details>
        ) : null}
      </div>
    </section>
  );
}

function RouteHead({ route: { id, method, path, title, operation } }: { route: RouteView }) {
  const scope = operation.security[0]?.["key"]?.[0];
  return (
    <header className="grid gap-2">
      <h2 id={`${id}-title`} className="group flex items-center gap-2 text-4 font-title">
        {title}
        <a
          href={`#${id}`}
          aria-label={words.linkTo(title)}
          className="grid size-6 place-items-center rounded-1 text-ink-3 opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
        >
          <Link2 size={16} strokeWidth={1.75} aria-hidden />
        </a>
      </h2>
      <p className="flex flex-wrap items-center gap-x-2">
        <MethodMark method={method} />
        <code className="text-2 [overflow-wrap:anywhere]">{path}</code>
        <CopyButton text={path} label={words.copyPath} />
      </p>
      {operation.description ? (
        <p className="measure text-ink-2">
          <CodeWords text={operation.description} />
        </p>
      ) : null}
      <p className="text-2 text-ink-3">
        {scope === undefined ? (
          words.open
        ) : (
          <RichText
            text={words.scopeOf(scope)}
            parts={{ scope: (text) => <code className="text-ink-2">{text}</code> }}
          />
        )}
      </p>
    </header>
  );
}

function Taken({ document, route: { operation } }: { document: OpenApiDocument; route: RouteView }) {
  const parameters = parametersOf(document, operation);
  const places = [
    { place: "path", title: words.pathParameters },
    { place: "query", title: words.queryParameters },
  ] as const;
  const headers = parameters.filter((one) => one.in === "header").map(toField);
  const bodies = Object.entries(operation.requestBody?.content ?? {});
  return (
    <>
      {places.map(({ place, title }) => {
        const fields = parameters.filter((one) => one.in === place).map(toField);
        return fields.length === 0 ? null : (
          <Part key={place} title={title}>
            <FieldTable document={document} label={title} fields={fields} isAsked />
          </Part>
        );
      })}
      {bodies.map(([type, { schema = {} }]) => {
        const title = type === "multipart/form-data" ? words.form : words.body;
        return (
          <Part key={type} title={title} note={type}>
            <FieldTable document={document} label={title} fields={fieldsOf(document, schema)} isAsked />
          </Part>
        );
      })}
      {headers.length === 0 ? null : (
        <Part title={words.headerParameters}>
          <FieldTable document={document} label={words.headerParameters} fields={headers} isAsked />
        </Part>
      )}
    </>
  );
}

function toField({ name, schema, required, description }: Parameter) {
  return { name, schema, isRequired: required ?? false, description };
}

function Answers({ document, answers }: { document: OpenApiDocument; answers: AnswerView[] }) {
  return (
    <Part title={words.answers}>
      <dl className="border-b border-line text-2">
        {answers.map(({ status, description, content }) => (
          <div key={status} className="grid gap-1 border-t border-line py-2">
            <dt className="flex flex-wrap items-baseline gap-x-2">
              <span className="num font-strong">{status}</span>
              <span className="text-ink-2">{description}</span>
            </dt>
            {Object.entries(content).map(([type, { schema }]) => {
              const fields = schema ? fieldsOf(document, schema) : [];
              return (
                <dd key={type} className="grid gap-1">
                  <span className="text-ink-2">
                    <code className="text-1 text-ink-3">{type}</code>{" "}
                    {schema?.description ?? (fields.length === 0 && schema ? typeWords(schema) : "")}
                  </span>
                  {fields.length > 0 ? (
                    <FieldTable
                      document={document}
                      label={words.answerHead(status)}
                      fields={fields}
                      isAsked={false}
                      depth={1}
                    />
                  ) : null}
                </dd>
              );
            })}
          </div>
        ))}
      </dl>
    </Part>
  );
}

function Errors({ answers }: { answers: AnswerView[] }) {
  return (
    <details>
      <summary className="flex w-fit flex-wrap items-baseline gap-x-2 text-2">
        <h3 className="inline">{words.errors}</h3>
        <span className="num text-ink-3">{answers.map(({ status }) => status).join(", ")}</span>
      </summary>
      <dl className="mt-2 border-b border-line text-2">
        {answers.map(({ status, description }) => (
          <div key={status} className="flex gap-x-3 border-t border-line py-1.5">
            <dt className="num font-strong">{status}</dt>
            <dd className="text-ink-2">{description}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Part({ title, note, children }: { title: string; note?: string; children: React.ReactNode }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <h3 className="flex items-baseline gap-2">
        {title}
        {note ? <code className="text-1 font-text text-ink-3">{note}</code> : null}
      </h3>
      {children}
    </div>
  );
}
