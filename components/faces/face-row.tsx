import Link from "next/link";
import { componentKeys, describeCounts, sumOf } from "@/components/fingerprint/components";
import { CompositionBar } from "@/components/fingerprint/composition-bar";
import { Chip } from "@/components/ui/chip";
import { formatAgo } from "@/lib/format";
import { FaceFingerprint } from "./face-fingerprint";
import { FaceStatus, syncShare } from "./face-status";
import type { FaceView } from "@/lib/faces/schemas";

/** Columns of the list; on narrow screens the status moves under the name. */
export const faceColumns =
  "grid grid-cols-[48px_minmax(0,1fr)] gap-x-4 gap-y-1 items-center py-3 wide:grid-cols-[48px_minmax(0,1fr)_168px_168px_104px]";

export function FaceRow({ face, now }: { face: FaceView; now: number }) {
  const counts = face.component_counts;
  return (
    <li className={`${faceColumns} relative border-t border-line first:border-t-0 hover:bg-sunk`}>
      <FaceFingerprint
        face={face}
        size={48}
        progress={face.sync_status === "syncing" ? Math.max(0.08, syncShare(face)) : undefined}
      />
      <div className="min-w-0">
        <span className="flex items-center gap-2">
          <Link
            href={`/faces/${face.username}`}
            className="truncate font-strong text-ink no-underline before:absolute before:inset-0"
          >
            {face.name ?? face.username}
          </Link>
          {face.name ? <span className="truncate font-mono text-2 text-ink-3">{face.username}</span> : null}
          {face.is_sample ? <Chip>Sample</Chip> : null}
        </span>
        <span className="block truncate text-2 text-ink-3">{face.basic_facts || "No facts yet"}</span>
      </div>
      <div className="hidden gap-1 wide:grid" title={describeCounts(counts)}>
        <CompositionBar counts={counts} />
        <span className="num text-1 text-ink-3">
          {sumOf(counts) === 0 ? "no statements" : componentKeys.map((key) => counts[key]).join(" · ")}
        </span>
      </div>
      <div className="col-start-2 wide:col-start-auto">
        <FaceStatus face={face} />
      </div>
      <span className="hidden text-2 text-ink-3 wide:block">{now ? formatAgo(face.updated_at, now) : null}</span>
    </li>
  );
}
