import { sourcesText } from "@/components/strings/sources";
import { Skeleton } from "@/components/ui/skeleton";

/** Lines of a text that is still to come. */
export function LoadingReader() {
  return (
    <div role="status" aria-label={sourcesText.loadingText} className="grid max-w-160 gap-3 py-2">
      <Skeleton className="mb-4 h-4 w-48" />
      {[1, 2, 3, 4, 5, 6].map((line) => (
        <Skeleton key={line} />
      ))}
      <Skeleton className="w-2/3" />
    </div>
  );
}
