import { Download } from "lucide-react";
import Link from "next/link";
import { PageHead } from "@/components/shell/page-head";
import { referenceText as words } from "@/components/strings/reference";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import type { OpenApiDocument } from "@/lib/openapi/document-types";
import { ExampleBlock } from "./example-block";
import { MethodMark } from "./method-mark";
import { groupsOf, routesOf } from "./reference-data";
import { examplesOf } from "./request-examples";

/** How to begin, what holds everywhere, and every route there is. */
export function OverviewPage({ document }: { document: OpenApiDocument }) {
  const groups = groupsOf(document);
  const chat = routesOf(document, groups[0]?.title ?? "").find(({ id }) => id === "chatWithAFace");
  const count = groups.reduce((sum, { routes }) => sum + routes.length, 0);
  return (
    <>
      <PageHead
        title={words.title}
        note={words.note(document.info.version, count)}
        actions={
          <>
            <Button asChild>
              <Link href="/keys">{words.keys}</Link>
            </Button>
            <Button asChild>
              <a href="/v1/openapi.json" aria-label={words.downloadLabel}>
                <Download size={16} strokeWidth={1.75} aria-hidden />
                {words.download}
              </a>
            </Button>
          </>
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
        <section
          aria-labelledby="start"
          className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-4 min-[1360px]:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]"
        >
          <div className="grid content-start gap-3">
            <h2 id="start" className="text-4 font-title">
              {words.start}
            </h2>
            <p className="measure text-ink-2">{words.startAbout}</p>
            <CodeBlock code={`${document.servers[0]?.url ?? ""}/v1`} label={words.baseUrl} />
            <p className="text-2">
              <Link href="/docs" className="link">
                {words.grammarLink}
              </Link>
            </p>
          </div>
          {chat ? <ExampleBlock title={chat.title} examples={examplesOf(document, chat)} /> : null}
        </section>
        <Rules />
        <section aria-labelledby="routes" className="grid gap-6">
          <h2 id="routes" className="text-4 font-title">
            {words.groupsTitle}
          </h2>
          {groups.map((group) => (
            <div key={group.slug} className="grid gap-1">
              <h3>
                <Link href={`/reference/${group.slug}`} className="link">
                  {group.title}
                </Link>
              </h3>
              <p className="measure text-2 text-ink-2">{group.about}</p>
              <ul className="mt-1 border-b border-line">
                {group.routes.map((route) => (
                  <li key={route.id} className="border-t border-line">
                    <Link
                      href={`/reference/${group.slug}#${route.id}`}
                      className="grid gap-x-4 py-1.5 text-2 text-ink no-underline hover:bg-sunk mid:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]"
                    >
                      <span>{route.title}</span>
                      <span className="flex items-baseline gap-2 text-ink-3">
                        <MethodMark method={route.method} className="w-14 shrink-0" />
                        <code className="[overflow-wrap:anywhere]">{route.path}</code>
                      </span>
                    </Link>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </section>
        <Statuses document={document} />
      </div>
    </>
  );
}

function Rules() {
  return (
    <section aria-labelledby="rules" className="grid gap-3">
      <h2 id="rules" className="text-4 font-title">
        {words.rulesTitle}
      </h2>
      <dl className="grid gap-x-10 gap-y-5 mid:grid-cols-2">
        {words.rules.map((rule) => (
          <div key={rule.title} className="grid content-start gap-0.5">
            <dt className="text-2 font-strong">{rule.title}</dt>
            <dd className="measure text-2 text-ink-2">{rule.text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Statuses({ document }: { document: OpenApiDocument }) {
  const meanings = new Map(
    Object.values(document.paths)
      .flatMap((operations) => Object.values(operations))
      .flatMap(({ responses }) => Object.entries(responses))
      .flatMap(([status, { $ref }]) => {
        const answer = document.components.responses[$ref?.split("/").at(-1) ?? ""];
        return answer?.description === undefined ? [] : [[status, answer.description] as const];
      }),
  );
  return (
    <section aria-labelledby="errors" className="grid gap-2">
      <h2 id="errors" className="text-4 font-title">
        {words.statusesTitle}
      </h2>
      <p className="measure text-2 text-ink-2">{words.statusesAbout}</p>
      <dl className="border-b border-line text-2">
        {[...meanings].toSorted().map(([status, description]) => (
          <div key={status} className="flex gap-x-4 border-t border-line py-1.5">
            <dt className="num font-strong">{status}</dt>
            <dd className="text-ink-2">{description}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
