import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import type { UsageGroup } from "@/lib/billing/schemas";
import type { Measure } from "./usage-measure";
import { ranges, type Range, type UsageViewState } from "./use-usage-view";

const groups: { value: UsageGroup; label: string }[] = [
  { value: "day", label: "Day" },
  { value: "model", label: "Model" },
  { value: "face", label: "Face" },
  { value: "key", label: "Key" },
];

const rangeNames: Record<Range, string> = {
  "7": "Last 7 days",
  "30": "Last 30 days",
  "90": "Last 90 days",
  "365": "Last 365 days",
  custom: "Other dates",
};

/** What is added up, over which days, in what, and as what. */
export function UsageControls({ state, measure }: { state: UsageViewState; measure: Measure }) {
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Segmented label="Add up by" value={state.group} segments={groups} onChange={state.setGroup} />
        <div className="w-40">
          <Select
            aria-label="Days"
            value={state.range}
            onChange={({ target }) => state.setRange(ranges.find((each) => each === target.value) ?? "30")}
          >
            {ranges.map((range) => (
              <option key={range} value={range}>
                {rangeNames[range]}
              </option>
            ))}
          </Select>
        </div>
        <Segmented
          label="Count in"
          value={measure}
          segments={[
            { value: "cost", label: "Dollars" },
            { value: "tokens", label: "Tokens" },
          ]}
          onChange={state.setMeasure}
        />
        <Segmented
          label="Show as"
          className="mid:ml-auto"
          value={state.isTable ? "table" : "chart"}
          segments={[
            { value: "chart", label: "Chart" },
            { value: "table", label: "Table" },
          ]}
          onChange={(next) => state.setIsTable(next === "table")}
        />
      </div>
      {state.range === "custom" ? <Dates state={state} /> : null}
    </div>
  );
}

function Dates({ state }: { state: UsageViewState }) {
  const error = !state.isSpan ? "The last day comes after the first, and at most 366 days fit in." : null;
  return (
    <div className="flex flex-wrap gap-3">
      <Field label="First day" className="w-40">
        {(control) => (
          <Input {...control} type="date" value={state.first} onChange={({ target }) => state.setFirst(target.value)} />
        )}
      </Field>
      <Field label="Last day" hint="Days begin and end in UTC." error={error} className="w-64">
        {(control) => (
          <Input {...control} type="date" value={state.last} onChange={({ target }) => state.setLast(target.value)} />
        )}
      </Field>
    </div>
  );
}
