import type { ReactNode } from "react";
import { billingText } from "@/components/strings/billing";
import { cn } from "@/components/ui/cn";
import type { QuotaForecast } from "@/lib/billing/schemas";
import { formatCount, formatUtcMark } from "@/lib/format";
import { formatMark } from "../usage-measure";
import { burnDownShape, type BurnDownShape, type Point } from "./burn-down-shape";

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/**
 * What of the quota is gone, day by day, and where it is heading. The lines stretch with the width; words and dots are
 * HTML over them, so that they keep their size.
 *
 * @param now epoch milliseconds
 */
export function BurnDown({ quota, now, label }: { quota: QuotaForecast; now: number; label: string }) {
  const shape = burnDownShape(quota, now);
  return (
    <figure role="img" aria-label={label} className="num grid gap-2 pt-4 text-1 text-ink-3">
      <div className="relative h-56 wide:h-64">
        {shape.marks.map(({ value, y }) => (
          <div key={value} className="absolute inset-x-0 border-t border-line" style={{ top: `${y}%` }}>
            <span className="absolute right-0 w-13 -translate-y-1/2 bg-bg pl-2">
              {formatMark(value, "tokens", shape.marks[1]?.value ?? 1)}
            </span>
          </div>
        ))}
        <div className="absolute inset-y-0 right-14 left-0">
          <Lines shape={shape} />
          <Label at={{ x: 0, y: shape.limitY }} className="-mt-1 -translate-y-full pl-1 text-ink-2">
            {billingText.burnQuotaLine(formatCount(quota.tokens_limit))}
          </Label>
          <Dot at={shape.now} className="border-bg bg-accent" />
          <NowLabel shape={shape} used={quota.tokens_used} />
          {shape.end ? <End at={shape.end} day={quota.forecast?.runs_out_at ?? ""} /> : null}
        </div>
      </div>
      <Dates shape={shape} />
    </figure>
  );
}

const stretched = { vectorEffect: "non-scaling-stroke", fill: "none" } as const;

function Lines({ shape: { band, area, line, ahead, limitY, end } }: { shape: BurnDownShape }) {
  return (
    <svg aria-hidden viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%" className="block">
      {band ? <path d={band} fill="var(--sunk-2)" /> : null}
      <path d={area} fill="var(--accent-soft)" />
      <path d={line} {...stretched} stroke="var(--accent)" strokeWidth={2} strokeLinejoin="round" />
      {ahead ? <path d={ahead} {...stretched} stroke="var(--accent)" strokeWidth={1.5} strokeDasharray="3 4" /> : null}
      <path d={`M0 ${limitY}H100`} {...stretched} stroke="var(--ink-2)" strokeDasharray="6 3" />
      {end ? <path d={`M${end.x} ${end.y}V100`} {...stretched} stroke="var(--ink-3)" strokeDasharray="1 3" /> : null}
    </svg>
  );
}

function Label({ at, className, children }: { at: Point; className: string; children: ReactNode }) {
  return (
    <span className={cn("absolute whitespace-nowrap", className)} style={{ left: `${at.x}%`, top: `${at.y}%` }}>
      {children}
    </span>
  );
}

function Dot({ at, className }: { at: Point; className: string }) {
  return (
    <span
      className={cn("absolute size-2.5 -translate-1/2 rounded-full border-2", className)}
      style={{ left: `${at.x}%`, top: `${at.y}%` }}
    />
  );
}

/** Beside its dot on the side that has room, and never on the line of the quota. */
function NowLabel({ shape: { now, limitY }, used }: { shape: BurnDownShape; used: number }) {
  const isLeft = now.x > 20;
  const isBelow = now.y < 12 || (now.y > limitY && now.y - limitY < 12);
  return (
    <Label
      at={now}
      className={cn(
        "px-2 font-strong text-ink",
        isLeft && "-translate-x-full",
        isBelow ? "mt-1" : "-mt-1 -translate-y-full",
      )}
    >
      {formatCount(used)}
    </Label>
  );
}

function End({ at, day }: { at: Point; day: string }) {
  return (
    <>
      <Dot at={at} className="border-ink bg-bg" />
      <Label
        at={{ x: at.x, y: 100 }}
        className={cn("-mt-1 -translate-y-full px-1.5 text-ink-2", at.x > 30 && "-translate-x-full")}
      >
        {formatUtcMark(day.slice(0, 10), 1)}
      </Label>
    </>
  );
}

function Dates({ shape: { from, to, now } }: { shape: BurnDownShape }) {
  const isTodayApart = now.x > 14 && now.x < 86;
  return (
    <div aria-hidden className="relative mr-14 h-4">
      <span className="absolute left-0">{formatUtcMark(dayOf(from), 1)}</span>
      {isTodayApart ? (
        <span className="absolute -translate-x-1/2" style={{ left: `${now.x}%` }}>
          {billingText.today}
        </span>
      ) : null}
      <span className="absolute right-0">{formatUtcMark(dayOf(to), 1)}</span>
    </div>
  );
}
