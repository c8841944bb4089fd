import type { ReactNode } from "react";

type PageHeadProps = { figure?: ReactNode; title: ReactNode; note?: ReactNode; actions?: ReactNode };

/** The heading of a page, with what can be done on it. */
export function PageHead({ figure, title, note, actions }: PageHeadProps) {
  return (
    <header className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-3 wide:mb-6">
      {figure}
      <div className="min-w-0 flex-1">
        <h1 className="truncate">{title}</h1>
        {note ? <div className="num flex min-h-5 flex-wrap items-center gap-x-2 text-2 text-ink-3">{note}</div> : null}
      </div>
      {actions ? (
        <div className="flex w-full gap-2 mid:w-auto [&>*:not(.w-10)]:flex-1 mid:[&>*:not(.w-10)]:flex-none">
          {actions}
        </div>
      ) : null}
    </header>
  );
}
