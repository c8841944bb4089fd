import { MoveHorizontal, Pin } from "lucide-react";
import { RingKey } from "@/components/fingerprint/ring-key";
import { primitivesText } from "@/components/strings/primitives";
import { cn } from "@/components/ui/cn";
import { Confidence } from "@/components/ui/confidence";
import { Highlight } from "@/components/ui/highlight";
import type { PrimitiveView } from "@/lib/compile/schemas";

type PrimitiveOptionProps = {
  item: PrimitiveView;
  query: string;
  isSelected: boolean;
  /** null: several cannot be chosen now */
  isChosen: boolean | null;
  position: number;
  size: number;
  onSelect: (id: string) => void;
  onToggle: (id: string) => void;
};

/** A statement in the list, with what is to be known of it before it is opened. */
export function PrimitiveOption(props: PrimitiveOptionProps) {
  const { item, query, isSelected, isChosen, position, size, onSelect, onToggle } = props;
  const isChoosing = isChosen !== null;
  return (
    <div
      id={`option-${item.id}`}
      role="option"
      aria-selected={isChoosing ? isChosen : isSelected}
      aria-posinset={position}
      aria-setsize={size}
      onClick={() => (isChoosing ? onToggle(item.id) : onSelect(item.id))}
      className={cn(
        "grid grid-cols-[16px_minmax(0,1fr)_auto] gap-2.5 border-t border-line py-[9px] pr-3 pl-2 text-2 hover:bg-sunk",
        isSelected && "-outline-offset-2 group-focus-visible/list:outline-2 group-focus-visible/list:outline-accent",
        isSelected && "wide:bg-accent-soft wide:[border-left:2px_solid_var(--accent)] wide:pl-1.5",
        item.state !== "active" && "text-ink-2",
      )}
    >
      {isChoosing ? <Tick isChosen={isChosen} /> : <RingKey component={item.component} className="mt-[3px]" />}
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <span className={cn(item.state === "disabled" && "line-through")}>
          <Highlight text={item.statement} query={query} />
        </span>
        <Notes item={item} />
      </span>
      <Confidence value={item.confidence} className="mt-2" />
    </div>
  );
}

function Tick({ isChosen }: { isChosen: boolean }) {
  return (
    <svg width={16} height={16} viewBox="0 0 16 16" fill="none" aria-hidden className="mt-0.5">
      <rect
        x={1}
        y={1}
        width={14}
        height={14}
        rx={3}
        fill={isChosen ? "var(--accent)" : "var(--bg)"}
        stroke={isChosen ? "var(--accent)" : "var(--control-line)"}
      />
      {isChosen ? <path d="M4 8.2 6.8 11 12 5.4" stroke="var(--on-accent)" strokeWidth={1.75} /> : null}
    </svg>
  );
}

function Notes({ item }: { item: PrimitiveView }) {
  const words = [
    item.state === "draft" ? primitivesText.draft : null,
    item.state === "disabled" ? primitivesText.off : null,
    item.edited ? primitivesText.edited : null,
    item.provenance.length > 1 ? primitivesText.sentences(item.provenance.length) : null,
  ].filter((word) => word !== null);
  if (words.length === 0 && !item.pinned && item.tensions.length === 0) return null;
  return (
    <span className="mt-0.5 flex flex-wrap gap-x-2.5 text-1 text-ink-3">
      {item.pinned ? (
        <span className="flex items-center gap-1">
          <Pin size={12} strokeWidth={1.75} aria-hidden />
          {primitivesText.pinned}
        </span>
      ) : null}
      {item.tensions.length > 0 ? (
        <span className="flex items-center gap-1">
          <MoveHorizontal size={12} strokeWidth={1.75} aria-hidden />
          {primitivesText.tension}
        </span>
      ) : null}
      {words.map((word) => (
        <span key={word}>{word}</span>
      ))}
    </span>
  );
}
