import type { ReactNode } from "react";

type EmptyStateProps = { figure?: ReactNode; title: string; children: ReactNode; action?: ReactNode; isPage?: boolean };

/** An empty place says why it is empty, and offers one step. @param isPage it is all there is: its title heads the page */
export function EmptyState({ figure, title, children, action, isPage = false }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center gap-4 py-8 text-center">
      {figure}
      <div className="grid gap-1">
        {isPage ? <h1>{title}</h1> : <p className="font-strong">{title}</p>}
        <p className="max-w-[44ch] text-2 text-ink-2">{children}</p>
      </div>
      {action}
    </div>
  );
}
