"use client";

import { useQuery } from "@tanstack/react-query";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Panel } from "@/components/ui/panel";
import type { FaceView } from "@/lib/faces/schemas";
import { countOf, formatCount } from "@/lib/format";
import { dataOf, fetchJson } from "@/lib/http/fetch-json";
import { IntervalTrack } from "./interval-track";
import { Fidelity, type Figure } from "@/lib/compile/schemas";

const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** How well a face holds what its texts say, measured on itself without a model. */
export function FidelityPanel({ face }: { face: FaceView }) {
  const fidelity = useQuery({
    queryKey: ["fidelity", face.username],
    queryFn: async ({ signal }) =>
      (
        await fetchJson(`/v1/faces/${encodeURIComponent(face.username)}/fidelity`, dataOf(Fidelity.nullable()), {
          signal,
        })
      ).data,
  });
  if (fidelity.error)
    return (
      <ApiErrorBlock
        title="The figures could not be loaded"
        error={fidelity.error}
        onRetry={() => void fidelity.refetch()}
      />
    );
  if (!fidelity.data) return null;
  const { coverage, compression, duplicates, tensions, voice_distinctness, held_out_support } = fidelity.data;
  return (
    <Panel title="Fidelity" aside={<span className="text-2 text-ink-3">version {face.version}</span>}>
      <div className="grid gap-x-10 gap-y-6 mid:grid-cols-2">
        <Share
          title="Held-out sentences that find support"
          figure={held_out_support}
          note={(n) => `of ${countOf(n, "sentence")}, each judged without what came from it`}
        />
        <Share
          title="Turns told apart by manner alone"
          figure={voice_distinctness}
          note={(n) => `over ${countOf(n, "turn")}; a guess is right half the time`}
          base={0.5}
        />
        <Share
          title="Of the face’s own text, quoted by a statement"
          figure={coverage}
          note={(n) => `of ${formatCount(n)} characters`}
        />
        <Plain title="Size of the face against its texts" figure={compression} show={percent} />
        <Plain title="Statements with a twin left, in a hundred" figure={duplicates} show={(v) => v.toFixed(1)} />
        <Plain title="Tensions kept" figure={tensions} show={formatCount} />
      </div>
      <p className="text-1 text-ink-3">
        Measured here at the end of the last sync, without any model. Small samples: read the interval, not the point.
      </p>
    </Panel>
  );
}

type ShareProps = { title: string; figure: Figure; note: (n: number) => string; base?: number };

function Share({ title, figure, note, base }: ShareProps) {
  if (figure.value === null) return <Missing title={title} reason={figure.reason} />;
  return (
    <div className="grid content-start gap-1">
      <div className="flex gap-3 text-2">
        <span>{title}</span>
        <span className="num ml-auto font-strong">{percent(figure.value)}</span>
      </div>
      <IntervalTrack {...figure} {...(base === undefined ? {} : { base })} />
      <span className="num text-1 text-ink-3">{note(figure.n)}</span>
    </div>
  );
}

function Plain({ title, figure, show }: { title: string; figure: Figure; show: (value: number) => string }) {
  if (figure.value === null) return <Missing title={title} reason={figure.reason} />;
  return (
    <div className="flex gap-3 text-2">
      <span>{title}</span>
      <span className="num ml-auto font-strong">{show(figure.value)}</span>
    </div>
  );
}

function Missing({ title, reason }: { title: string; reason: string }) {
  return (
    <div className="flex gap-3 text-2">
      <span>{title}</span>
      <span className="ml-auto text-ink-3">{reason}</span>
    </div>
  );
}
