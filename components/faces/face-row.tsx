import Link from "next/link";
import { memo } from "react";
import { componentKeys, describeCounts, sumOf } from "@/components/fingerprint/components";
import { CompositionBar } from "@/components/fingerprint/composition-bar";
import { facesText } from "@/components/strings/faces";
import { Checkbox } from "@/components/ui/checkbox";
import { Chip } from "@/components/ui/chip";
import { cn } from "@/components/ui/cn";
import { formatAgo, formatCount } from "@/lib/format";
import { FaceAvatar } from "@/components/portraits/face-avatar";
import { FaceRowMenu, type FaceActions } from "./face-row-menu";
import { FaceStatus, syncShare } from "./face-status";
import { nameOf } from "./faces-view";
import type { FaceView } from "@/lib/faces/schemas";

/** Columns of the list; on narrow screens composition and time are left out, and the status stands under the name. */
export const faceColumns =
  "grid grid-cols-[24px_48px_minmax(0,1fr)_36px] items-center gap-x-3 gap-y-1 py-3 wide:grid-cols-[24px_48px_minmax(0,1fr)_168px_156px_104px_28px] wide:gap-x-4";

type FaceRowProps = {
  face: FaceView;
  now: number;
  isSelected: boolean;
  onSelect: (id: string, isSelected: boolean, isRange: boolean) => void;
  actions: FaceActions;
};

/** Drawn again only when it changes: while one scrolls, the rows that stay in sight stay as they are. */
export const FaceRow = memo(function FaceRow({ face, now, isSelected, onSelect, actions }: FaceRowProps) {
  const name = nameOf(face);
  return (
    <div className={cn(faceColumns, "relative border-b border-line", isSelected ? "bg-accent-soft" : "hover:bg-sunk")}>
      {face.is_sample ? (
        <span />
      ) : (
        <Checkbox
          label={facesText.select(name)}
          checked={isSelected}
          onChange={(checked, isRange) => onSelect(face.id, checked, isRange)}
          className="relative z-10 row-span-2 wide:row-span-1"
        />
      )}
      <FaceAvatar
        face={face}
        size={48}
        progress={face.sync_status === "syncing" && !face.formula ? Math.max(0.08, syncShare(face)) : undefined}
      />
      <div className="min-w-0">
        <span className="flex items-center gap-2">
          <Link
            href={`/faces/${face.username}`}
            data-face-link
            className="truncate font-strong text-ink no-underline before:absolute before:inset-0"
          >
            {name}
          </Link>
          {face.name ? <span className="truncate font-mono text-2 text-ink-3">{face.username}</span> : null}
          {face.is_sample ? <Chip>{facesText.sample}</Chip> : null}
        </span>
        <span className={cn("block truncate text-2 text-ink-3", face.formula && "font-mono")}>
          {face.formula ?? (face.basic_facts || facesText.noFacts)}
        </span>
      </div>
      <Composition face={face} />
      <div className="col-start-3 row-start-2 wide:col-start-auto wide:row-start-auto">
        <FaceStatus face={face} />
      </div>
      <span className="hidden truncate text-2 text-ink-3 wide:block">
        {now ? formatAgo(face.updated_at, now) : null}
      </span>
      <div className="relative z-10 col-start-4 row-span-2 row-start-1 wide:col-start-auto wide:row-span-1 wide:row-start-auto">
        <FaceRowMenu face={face} actions={actions} />
      </div>
    </div>
  );
});

function Composition({ face: { component_counts: counts } }: { face: FaceView }) {
  return (
    <div className="hidden gap-1 wide:grid" title={describeCounts(counts)}>
      <CompositionBar counts={counts} />
      <span className="num text-1 text-ink-3">
        {sumOf(counts) === 0
          ? facesText.noStatements
          : componentKeys.map((key) => formatCount(counts[key])).join(" · ")}
      </span>
    </div>
  );
}
