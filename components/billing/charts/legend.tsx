import { useId } from "react";
import { billingText } from "@/components/strings/billing";
import { cn } from "@/components/ui/cn";
import { FillPatterns, fillOf } from "./fills";
import { othersKey, type Series } from "./series";

type LegendProps = { series: readonly Series[]; chosen: string | undefined; onChoose: (key: string) => void };

/** What the parts of the bars are. Pressing one shows only its work; pressing it again, all. */
export function Legend({ series, chosen, onChoose }: LegendProps) {
  const id = useId();
  return (
    <ul aria-label={billingText.legend} className="-mx-1.5 flex min-h-6 flex-wrap gap-x-2 gap-y-1 text-1 text-ink-2">
      {series.map(({ key, label, fill }) => {
        const isChosen = key === chosen;
        const content = (
          <>
            <svg width="10" height="10" aria-hidden>
              <FillPatterns id={`${id}-${fill}`} />
              <rect width="10" height="10" {...fillOf(fill, `${id}-${fill}`)} />
            </svg>
            <span className="max-w-48 truncate">{label}</span>
          </>
        );
        const look = "flex min-h-6 min-w-0 items-center gap-1.5 rounded-1 px-1.5";
        return (
          <li key={key}>
            {key === othersKey ? (
              <span className={look}>{content}</span>
            ) : (
              <button
                type="button"
                aria-pressed={isChosen}
                onClick={() => onChoose(key)}
                className={cn(look, "hover:bg-sunk-2 hover:text-ink", isChosen && "bg-accent-soft text-ink")}
              >
                {content}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
