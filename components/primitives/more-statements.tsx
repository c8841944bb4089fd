"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/lib/format";

type MoreStatementsProps = { shown: number; isFetching: boolean; onMore: () => void };

/** The end of what is loaded: it fetches on before the reader comes to it, and is a button too. */
export function MoreStatements({ shown, isFetching, onMore }: MoreStatementsProps) {
  const end = useRef<HTMLDivElement>(null);
  const more = useRef(onMore);
  useEffect(() => {
    more.current = onMore;
  });
  useEffect(() => {
    if (!end.current || isFetching) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) more.current();
      },
      { rootMargin: "800px" },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [isFetching]);

  return (
    <div ref={end} className="border-t border-line p-3">
      <Button look="ghost" className="w-full" disabled={isFetching} onClick={onMore}>
        {isFetching ? "Loading more" : `Show more than these ${formatCount(shown)}`}
      </Button>
    </div>
  );
}
