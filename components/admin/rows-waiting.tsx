import { Skeleton } from "@/components/ui/skeleton";

/** Some rows that are about to come. */
export function RowsWaiting() {
  return (
    <div aria-hidden className="grid">
      {[1, 2, 3, 4].map((row) => (
        <div key={row} className="flex h-14 items-center gap-6 border-b border-line">
          <Skeleton className="mr-auto w-full max-w-60" />
          <Skeleton className="w-16" />
          <Skeleton className="w-16" />
        </div>
      ))}
    </div>
  );
}
