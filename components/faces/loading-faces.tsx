import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { facesText } from "@/components/strings/faces";
import { Skeleton } from "@/components/ui/skeleton";
import { faceColumns } from "./face-row";

/** The list in the shape in which it comes. */
export function LoadingFaces() {
  return (
    <div role="status" aria-label={facesText.loading}>
      <div className="mb-2 flex flex-wrap gap-3">
        <Skeleton className="h-10 w-full mid:w-80 wide:h-8" />
        <Skeleton className="h-10 w-64 wide:h-8" />
      </div>
      <div className="border-t border-line">
        {[28, 20, 24, 32].map((width) => (
          <div key={width} className={`${faceColumns} border-b border-line`}>
            <span />
            <span className="late">
              <Fingerprint data={{}} size={48} />
            </span>
            <div className="grid h-11 content-center gap-2.5">
              <Skeleton className="w-28" />
              <Skeleton className="h-2.5 w-full max-w-72" />
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
