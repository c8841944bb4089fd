import Link from "next/link";
import { billingText as text } from "@/components/strings/billing";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import type { WorkView } from "@/lib/billing/schemas";
import { formatCount, formatDayTime, formatUsd } from "@/lib/format";
import { Pager, type RowsProps } from "./rows-section";
import { TableWaiting } from "./table-waiting";
import { bodyCell, bodyWords, firstOnPhones, headCell, headWords, whatCell, wideOnly } from "./table-style";
import { useWork } from "./use-usage";

/** Every piece of metered work, newest first. */
export function WorkTable({ state, asked }: RowsProps) {
  const { view } = state;
  const { data, error, refetch, isPlaceholderData } = useWork(asked, view.after);
  if (error) return <ApiErrorBlock title={text.workFailed} error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <TableWaiting />;
  const isFiltered = view.day !== null || Object.keys(view.filter).length > 0;
  if (data.data.length === 0) {
    return <EmptyState title={text.workEmpty}>{isFiltered ? text.workEmptyFilter : text.workEmptyWhy}</EmptyState>;
  }
  return (
    <>
      <p className="text-2 text-ink-3">{text.workNote}</p>
      <table className={cn("num w-full border-collapse text-2", isPlaceholderData && "opacity-60")}>
        <thead>
          <tr>
            <th className={cn(headWords, wideOnly)}>{text.when}</th>
            <th className={cn(headWords, firstOnPhones)}>{text.what}</th>
            <th className={cn(headWords, wideOnly)}>{text.face}</th>
            <th className={cn(headWords, wideOnly)}>{text.key}</th>
            <th className={cn(headCell, wideOnly)}>{text.tokensIn}</th>
            <th className={cn(headCell, wideOnly)}>{text.tokensOut}</th>
            <th className={headCell}>{text.costColumn}</th>
          </tr>
        </thead>
        <tbody>
          {data.data.map((work) => (
            <WorkRow key={work.id} work={work} />
          ))}
        </tbody>
      </table>
      <Pager state={state} next={data.next_cursor} />
    </>
  );
}

function WorkRow({ work }: { work: WorkView }) {
  return (
    <tr className="hover:bg-sunk">
      <td className={cn(bodyWords, wideOnly, "whitespace-nowrap text-ink-3")}>{formatDayTime(work.created_at)}</td>
      <td className={cn(bodyWords, whatCell)} title={work.model}>
        {text.workWhat(text.kinds[work.kind], work.model)}
        <span className="block text-1 text-ink-3 mid:hidden">{formatDayTime(work.created_at)}</span>
      </td>
      <td className={cn(bodyWords, wideOnly)}>
        <FaceName id={work.face_id} name={work.face} />
      </td>
      <td className={cn(bodyWords, wideOnly, "max-w-40 truncate text-ink-2")}>
        {work.api_key ?? (work.api_key_id === null ? text.dashboard : text.gone)}
      </td>
      <td className={cn(bodyCell, wideOnly)}>{formatCount(work.input_tokens)}</td>
      <td className={cn(bodyCell, wideOnly)}>{work.kind === "compile" ? "" : formatCount(work.output_tokens)}</td>
      <td className={bodyCell}>{costWords(work)}</td>
    </tr>
  );
}

/** What the quota took says so: nothing was charged for it. */
function costWords({ kind, cost_usd: cost, quota_tokens: quota, is_returned: isReturned }: WorkView): string {
  if (kind !== "compile" || quota === 0) return formatUsd(cost);
  if (isReturned && cost === 0) return text.returned;
  return cost === 0 ? text.fromQuota : `${formatUsd(cost)}, ${text.partlyQuota(formatCount(quota))}`;
}

export function FaceName({ id, name }: { id: string | null; name: string | null }) {
  if (id === null) return null;
  if (name === null) return <span className="text-ink-3">{text.gone}</span>;
  return (
    <Link href={`/faces/${name}`} className="block max-w-40 truncate py-0.5 text-ink no-underline hover:underline">
      {name}
    </Link>
  );
}
