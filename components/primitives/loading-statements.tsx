import { primitivesText } from "@/components/strings/primitives";
import { Skeleton } from "@/components/ui/skeleton";

/** The list and the open statement in the shape they will have. */
export function LoadingStatements() {
  return (
    <div
      role="status"
      aria-label={primitivesText.loading}
      className="mt-4 border-t border-line wide:grid wide:grid-cols-[416px_minmax(0,1fr)]"
    >
      <div className="wide:border-r wide:border-line">
        {[1, 2, 3, 4, 5, 6, 7, 8].map((row) => (
          <div key={row} className="flex h-13 items-center gap-3 border-b border-line px-2">
            <Skeleton className="size-3.5 rounded-full" />
            <Skeleton className="w-72 max-w-[60%]" />
          </div>
        ))}
      </div>
      <div className="hidden content-start gap-4 pt-8 pl-8 wide:grid">
        <Skeleton className="w-24" />
        <Skeleton className="h-5 w-4/5" />
        <Skeleton className="h-5 w-3/5" />
        <Skeleton className="mt-6 h-48 w-full" />
      </div>
    </div>
  );
}
