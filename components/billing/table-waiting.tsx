import { Skeleton } from "@/components/ui/skeleton";

/** A page of rows that is about to come. */
export function TableWaiting({ rows = 8 }: { rows?: number }) {
  return (
    <div aria-hidden className="grid">
      {Array.from({ length: rows }, (_each, index) => (
        <div key={index} className="flex h-9 items-center gap-6 border-b border-line">
          <Skeleton className="w-20" />
          <Skeleton className="mr-auto w-full max-w-48" />
          <Skeleton className="w-14" />
        </div>
      ))}
    </div>
  );
}
