"use client";

import Link from "next/link";
import { toast } from "@/components/ui/toast";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { fidelityText } from "@/components/strings/fidelity";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { RichText } from "@/components/ui/rich-text";
import { Skeleton } from "@/components/ui/skeleton";
import type { Fidelity } from "@/lib/compile/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { formatShare } from "@/lib/format";
import { ByComponent } from "./by-component";
import { FidelityFigures } from "./fidelity-figures";
import { useFidelity, useMeasure } from "./use-fidelity";

/** How well a face holds what its texts say, measured on itself without a model; and what that does not say. */
export function FidelityTab({ face }: { face: FaceView }) {
  const fidelity = useFidelity(face.username);
  if (fidelity.error)
    return <ApiErrorBlock title={fidelityText.failed} error={fidelity.error} onRetry={() => void fidelity.refetch()} />;
  if (fidelity.isPending) return <LoadingFidelity />;
  if (fidelity.data === null) return <NothingMeasured face={face} />;
  return <Measured face={face} fidelity={fidelity.data} />;
}

function Measured({ face, fidelity }: { face: FaceView; fidelity: Fidelity }) {
  const measure = useMeasure(face.username);
  return (
    <div className="grid gap-10">
      <section aria-labelledby="fidelity" className="grid gap-6">
        <header className="flex flex-wrap items-center gap-2">
          <h2 id="fidelity">{fidelityText.title}</h2>
          <span className="text-2 text-ink-3">{fidelityText.version(face.version)}</span>
          {face.is_sample ? null : (
            <Button
              className="ml-auto"
              disabled={measure.isPending}
              onClick={() => measure.mutate(undefined, { onSuccess: () => toast(fidelityText.measured) })}
            >
              {measure.isPending ? fidelityText.measuring : fidelityText.measure}
            </Button>
          )}
        </header>
        {measure.error ? <ApiErrorBlock title={fidelityText.measureFailed} error={measure.error} /> : null}
        <Lead figure={fidelity.held_out_support} />
        <FidelityFigures fidelity={fidelity} />
      </section>
      <div className="grid items-start gap-10 wide:grid-cols-2">
        <ByComponent face={face} primitives={fidelity.primitives} />
        <div className="grid gap-6">
          <Words title={fidelityText.isTitle} lines={fidelityText.is} />
          <Words title={fidelityText.isNotTitle} lines={fidelityText.isNot} />
        </div>
      </div>
    </div>
  );
}

function Lead({ figure }: { figure: Fidelity["held_out_support"] }) {
  if (figure.value === null) return <p className="measure">{fidelityText.tooLittle}</p>;
  const [share, low, high] = [figure.value, figure.low, figure.high].map(formatShare);
  return (
    <p className="measure">
      <RichText
        text={fidelityText.lead(share ?? "", low ?? "", high ?? "", figure.n)}
        parts={{ b: (words) => <b className="num">{words}</b> }}
      />
    </p>
  );
}

function Words({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <section className="grid gap-2">
      <h3>{title}</h3>
      <ul className="grid list-disc gap-1.5 pl-4 text-2 text-ink-2 marker:text-ink-3">
        {lines.map((line) => (
          <li key={line} className="measure">
            {line}
          </li>
        ))}
      </ul>
    </section>
  );
}

function NothingMeasured({ face }: { face: FaceView }) {
  return (
    <EmptyState
      figure={<Fingerprint data={{}} size={96} title={fidelityText.emptyFigure} />}
      title={fidelityText.emptyTitle}
      action={
        face.is_sample ? undefined : (
          <Button asChild>
            <Link href={`/faces/${face.username}?tab=sources`}>{fidelityText.emptyAction}</Link>
          </Button>
        )
      }
    >
      {fidelityText.empty}
    </EmptyState>
  );
}

function LoadingFidelity() {
  return (
    <div role="status" aria-label={fidelityText.loading} className="grid gap-6">
      <Skeleton className="h-4 w-32" />
      <Skeleton className="h-10 w-2/3" />
      <div className="grid gap-x-10 gap-y-6 mid:grid-cols-2">
        {[1, 2, 3, 4, 5, 6].map((row) => (
          <Skeleton key={row} className="h-12 w-full" />
        ))}
      </div>
    </div>
  );
}
