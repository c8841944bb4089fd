"use client";

import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { useRef, useState, type KeyboardEvent } from "react";
import { useCommands } from "@/components/palette/commands";
import { referenceText as words } from "@/components/strings/reference";
import { cn } from "@/components/ui/cn";
import { SearchInput } from "@/components/ui/search-input";
import { MethodMark } from "./method-mark";
import type { GroupEntry, RouteEntry } from "./reference-data";
import { useSectionInView } from "./use-section-in-view";

const link =
  "flex min-h-9 items-center gap-2 rounded-2 px-2 text-2 text-ink-2 no-underline hover:bg-sunk-2 hover:text-ink aria-[current]:bg-sunk-2 aria-[current]:font-strong aria-[current]:text-ink wide:min-h-7";

/**
 * The chapters and routes of the reference, with a search over all of them. It stays in sight while one reads.
 *
 * @param isBelowBar on narrow screens the app's own bar stays in sight above it
 */
export function ReferenceNav({ groups, isBelowBar }: { groups: GroupEntry[]; isBelowBar: boolean }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <nav
      aria-label={words.nav}
      className={cn(
        "sticky z-10 -mx-4 border-b border-line bg-bg px-4 py-2 wide:top-0 wide:mx-0 wide:h-dvh wide:overflow-y-auto wide:border-b-0 wide:px-1 wide:py-6",
        isBelowBar ? "top-13" : "top-0",
      )}
    >
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls="reference-nav"
        onClick={() => setIsOpen(!isOpen)}
        className="flex min-h-10 w-full items-center gap-2 text-2 font-strong wide:hidden"
      >
        {words.allRoutes}
        <ChevronDown size={16} strokeWidth={1.75} aria-hidden className={cn("ml-auto", isOpen && "rotate-180")} />
      </button>
      <div
        id="reference-nav"
        className={cn("wide:block", isOpen ? "block max-h-[70dvh] overflow-y-auto pb-2 wide:max-h-none" : "hidden")}
      >
        <RouteFinder groups={groups} onChosen={() => setIsOpen(false)} />
      </div>
    </nav>
  );
}

function RouteFinder({ groups, onChosen }: { groups: GroupEntry[]; onChosen: () => void }) {
  const router = useRouter();
  const [query, setQuery] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const found = matching(groups, query);
  useCommands([
    {
      id: "reference.search",
      label: words.searchCommand,
      group: "do",
      shortcut: "/",
      run: () => input.current?.focus(),
    },
  ]);

  function goToFirst(event: KeyboardEvent) {
    const group = found[0];
    const route = group?.routes[0];
    if (event.key === "Escape") setQuery("");
    if (event.key !== "Enter" || !query.trim() || !group || !route) return;
    router.push(`/reference/${group.slug}#${route.id}`);
    onChosen();
  }

  return (
    <div className="grid gap-3">
      <SearchInput
        ref={input}
        label={words.search}
        placeholder={words.search}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={goToFirst}
      />
      {query.trim() ? (
        <Found groups={found} query={query} onChosen={onChosen} />
      ) : (
        <Chapters groups={groups} onChosen={onChosen} />
      )}
    </div>
  );
}

/** Routes that have every word of the query, in their title, path or method. */
function matching(groups: GroupEntry[], query: string): GroupEntry[] {
  const wanted = query.trim().toLowerCase().split(/\s+/u);
  return groups.flatMap((group) => {
    const routes = group.routes.filter(({ title, path, method }) => {
      const text = `${method} ${path} ${title}`.toLowerCase();
      return wanted.every((word) => text.includes(word));
    });
    return routes.length === 0 ? [] : [{ ...group, routes }];
  });
}

function Found({ groups, query, onChosen }: { groups: GroupEntry[]; query: string; onChosen: () => void }) {
  if (groups.length === 0) return <p className="px-2 text-2 text-ink-3">{words.searchNone(query)}</p>;
  return (
    <ul className="grid gap-3">
      {groups.map((group) => (
        <li key={group.slug}>
          <p className="px-2 pb-1 text-1 text-ink-3">{group.title}</p>
          <Routes group={group} onChosen={onChosen} />
        </li>
      ))}
    </ul>
  );
}

function Chapters({ groups, onChosen }: { groups: GroupEntry[]; onChosen: () => void }) {
  const path = usePathname();
  const current = groups.find(({ slug }) => path === `/reference/${slug}`);
  const inView = useSectionInView(current?.routes ?? []);
  return (
    <ul className="grid gap-px">
      <li>
        <Link
          href="/reference"
          aria-current={path === "/reference" ? "page" : undefined}
          className={link}
          onClick={onChosen}
        >
          {words.overview}
        </Link>
      </li>
      {groups.map((group) => (
        <li key={group.slug}>
          <Link
            href={`/reference/${group.slug}`}
            aria-current={group === current ? "page" : undefined}
            className={link}
            onClick={onChosen}
          >
            {group.title}
          </Link>
          {group === current ? (
            <div className="my-1 ml-2 border-l border-line pl-1">
              <Routes group={group} inView={inView} onChosen={onChosen} />
            </div>
          ) : null}
        </li>
      ))}
      <li>
        <Link
          href="/reference/schemas"
          aria-current={path === "/reference/schemas" ? "page" : undefined}
          className={link}
          onClick={onChosen}
        >
          {words.schemasTitle}
        </Link>
      </li>
    </ul>
  );
}

type RoutesProps = { group: GroupEntry; inView?: string | null; onChosen: () => void };

function Routes({ group, inView, onChosen }: RoutesProps) {
  return (
    <ul className="grid gap-px">
      {group.routes.map((route: RouteEntry) => (
        <li key={route.id}>
          <Link
            href={`/reference/${group.slug}#${route.id}`}
            aria-current={inView === route.id ? "location" : undefined}
            title={words.pathOf(route.method, route.path)}
            className={cn(link, "items-baseline py-1")}
            onClick={onChosen}
          >
            <span className="min-w-0 flex-1">{route.title}</span>
            <MethodMark method={route.method} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
