import { componentNames, sumOf, type ComponentKey } from "@/components/fingerprint/components";
import { CompositionBar } from "@/components/fingerprint/composition-bar";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { RingKey } from "@/components/fingerprint/ring-key";
import { formulaText as text } from "@/components/strings/faces";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import type { FacePreview } from "@/lib/faces/schemas";
import type { FormulaState } from "./use-formula";

const isComponent = (name: string): name is ComponentKey => name in componentNames;

/** What a formula would make of its parts as they are now: the server worked it out. */
export function FormulaPreview({ preview: { data, error, isWaiting, retry } }: { preview: FormulaState["preview"] }) {
  if (error) return <ApiErrorBlock title={text.previewFailed} error={error} onRetry={retry} />;
  return (
    <section
      aria-label={text.preview}
      aria-busy={isWaiting}
      className={cn(
        "grid min-h-44 content-start gap-3 rounded-3 border border-line p-3",
        isWaiting && data && "opacity-60",
      )}
    >
      <h3 className="text-2 font-strong">{text.preview}</h3>
      {data === undefined ? <Waiting /> : <Content preview={data} />}
    </section>
  );
}

function Waiting() {
  return (
    <div role="status" aria-label={text.previewWaiting} className="flex gap-4">
      <Fingerprint data={{}} size={72} />
      <div className="grid flex-1 content-center gap-2.5">
        <Skeleton className="w-40" />
        <Skeleton className="w-full max-w-64" />
        <Skeleton className="w-full max-w-56" />
      </div>
    </div>
  );
}

function Content({ preview }: { preview: FacePreview }) {
  const count = sumOf(preview.component_counts);
  return (
    <>
      <div className="flex items-center gap-4">
        <Fingerprint data={preview.fingerprint} size={72} className="shrink-0" />
        <div className="grid min-w-0 gap-1.5">
          <p className="num text-2" role="status">
            {count === 0 ? text.previewNothing : text.previewCount(count, preview.profile_token_count)}
          </p>
          <CompositionBar counts={preview.component_counts} />
          <p className="num flex flex-wrap gap-x-3 text-1 text-ink-3">
            {preview.parts.map((part) => (
              <span key={part.id}>
                {part.name ?? part.username} {text.partKept(part.kept, part.statements)}
              </span>
            ))}
          </p>
        </div>
      </div>
      {preview.statements.length > 0 ? (
        <ul aria-label={text.some} className="grid gap-1">
          {preview.statements.map((statement) => (
            <li key={statement.id} className="grid grid-cols-[14px_minmax(0,1fr)] items-baseline gap-x-2 text-2">
              {isComponent(statement.component) ? (
                <RingKey component={statement.component} className="translate-y-0.5" />
              ) : (
                <span />
              )}
              <span>
                {statement.statement} <span className="text-1 text-ink-3">{text.saidBy(statement.said_by)}</span>
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
