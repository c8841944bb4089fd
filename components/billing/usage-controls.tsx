import { X } from "lucide-react";
import { billingText as text } from "@/components/strings/billing";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { UsageSplit } from "@/lib/billing/schemas";
import { formatUtcDay } from "@/lib/format";
import type { Measure } from "./usage-measure";
import { filterNames, ranges, spanOf } from "./usage-view";
import type { UsageViewState } from "./use-usage-view";

/** Which days, as the head of the page offers them. @param isRenewed whether the quota has periods */
export function RangeSelect({ state, isRenewed }: { state: UsageViewState; isRenewed: boolean }) {
  const names = isRenewed ? text.ranges : { ...text.ranges, ...text.rangePlain };
  return (
    <Select
      aria-label={text.rangeLabel}
      value={state.view.range}
      onChange={({ target }) =>
        state.change({ range: ranges.find((each) => each === target.value) ?? "period", day: null })
      }
      className="font-strong mid:w-44"
    >
      {ranges
        // the thirty days of a quota without periods are there already
        .filter((range) => isRenewed || range !== "30")
        .map((range) => (
          <option key={range} value={range}>
            {names[range]}
          </option>
        ))}
    </Select>
  );
}

/** Other dates, to be typed or picked. */
export function Dates({ state: { view, change } }: { state: UsageViewState }) {
  const error = spanOf(view, 0) === null && view.first !== "" && view.last !== "" ? text.datesWrong : null;
  return (
    <div className="flex flex-wrap gap-3">
      <Field label={text.firstDay} className="w-40">
        {(control) => (
          <Input
            {...control}
            type="date"
            value={view.first}
            onChange={({ target }) => change({ first: target.value })}
          />
        )}
      </Field>
      <Field label={text.lastDay} hint={text.datesHint} error={error} className="w-64">
        {(control) => (
          <Input {...control} type="date" value={view.last} onChange={({ target }) => change({ last: target.value })} />
        )}
      </Field>
    </div>
  );
}

/** How the days are split, and what is counted. */
export function UsageControls({ state: { view, change }, measure }: { state: UsageViewState; measure: Measure }) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Segmented
        label={text.splitLabel}
        value={view.split}
        segments={UsageSplit.options.map((value) => ({ value, label: text.split[value] }))}
        onChange={(split) => change({ split })}
      />
      <Segmented
        label={text.measureLabel}
        value={measure}
        segments={[
          { value: "cost", label: text.dollars },
          { value: "tokens", label: text.tokens },
        ]}
        onChange={(next) => change({ measure: next })}
      />
      <Segmented
        label={text.view}
        className="mid:ml-auto"
        value={view.isTable ? "table" : "chart"}
        segments={[
          { value: "chart", label: text.chart },
          { value: "table", label: text.table },
        ]}
        onChange={(next) => change({ isTable: next === "table" })}
      />
    </div>
  );
}

type FilterChipsProps = { state: UsageViewState; nameOf: (name: "face" | "key", id: string) => string };

/** What was clicked on to see less, each with a way back. */
export function FilterChips({ state: { view, change, toggleFilter }, nameOf }: FilterChipsProps) {
  const chosen = filterNames.flatMap((name) => {
    const value = view.filter[name];
    if (value === undefined) return [];
    const label =
      name === "kind" ? text.kinds[value as keyof typeof text.kinds] : name === "model" ? value : nameOf(name, value);
    return [{ name, label, remove: () => toggleFilter(name, value) }];
  });
  const day = view.day;
  const all = [
    ...chosen,
    ...(day === null ? [] : [{ name: "day" as const, label: formatUtcDay(day), remove: () => change({ day: null }) }]),
  ];
  if (all.length === 0) return null;
  return (
    <ul aria-label={text.filters} className="flex flex-wrap items-center gap-2 text-2">
      {all.map(({ name, label, remove }) => (
        <li key={name}>
          <button
            type="button"
            onClick={remove}
            className="flex min-h-8 max-w-72 items-center gap-1.5 rounded-full border border-line-2 bg-accent-soft pr-2 pl-3 hover:border-control-line"
          >
            <span className="text-ink-3">{text.filterOf[name]}</span>{" "}
            <span className="truncate font-strong">{label}</span>
            <span className="sr-only">{text.filterRemove}</span>
            <X size={14} strokeWidth={1.75} aria-hidden />
          </button>
        </li>
      ))}
      {all.length > 1 ? (
        <li>
          <button type="button" className="link min-h-8 px-1" onClick={() => change({ filter: {}, day: null })}>
            {text.filterClear}
          </button>
        </li>
      ) : null}
    </ul>
  );
}
