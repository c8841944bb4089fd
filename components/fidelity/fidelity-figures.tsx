import { fidelityText } from "@/components/strings/fidelity";
import type { Fidelity, Figure } from "@/lib/compile/schemas";
import { formatCount, formatShare, formatTenths } from "@/lib/format";
import { IntervalTrack } from "./interval-track";

/** The measures, each with its sample; those that are shares with their interval. */
export function FidelityFigures({ fidelity }: { fidelity: Fidelity }) {
  const { coverage, compression, duplicates, tensions, voice_distinctness, held_out_support } = fidelity;
  const text = fidelityText;
  return (
    <div className="grid gap-5">
      <ul aria-label={text.measures} className="grid gap-x-10 gap-y-6 mid:grid-cols-2">
        <Measure title={text.support} figure={held_out_support} show={formatShare} note={text.supportNote} hasTrack />
        <Measure
          title={text.voice}
          figure={voice_distinctness}
          show={formatShare}
          note={text.voiceNote}
          hasTrack
          base={0.5}
        />
        <Measure title={text.coverage} figure={coverage} show={formatShare} note={text.coverageNote} hasTrack />
        <Measure
          title={text.compression}
          figure={compression}
          show={formatShare}
          note={text.compressionNote}
          hasTrack
        />
        <Measure title={text.duplicates} figure={duplicates} show={formatTenths} note={text.duplicatesNote} />
        <Measure title={text.tensions} figure={tensions} show={formatCount} note={text.tensionsNote} />
      </ul>
      <p className="flex flex-wrap items-center gap-x-5 gap-y-2 text-1 text-ink-2">
        <span className="flex items-center gap-2">
          <svg width={28} height={12} aria-hidden>
            <rect y={3} width={28} height={6} rx={3} fill="var(--accent)" opacity={0.32} />
            <circle cx={14} cy={6} r={5} fill="var(--accent)" />
          </svg>
          {text.legendFace}
        </span>
        <span className="flex items-center gap-2">
          <svg width={4} height={14} aria-hidden>
            <rect x={1} width={2} height={14} fill="var(--ink-2)" />
          </svg>
          {text.legendBase}
        </span>
      </p>
    </div>
  );
}

type MeasureProps = {
  title: string;
  figure: Figure;
  show: (value: number) => string;
  note: (count: number) => string;
  hasTrack?: boolean;
  base?: number;
};

function Measure({ title, figure, show, note, hasTrack, base }: MeasureProps) {
  const isMissing = figure.value === null;
  return (
    <li className="grid content-start gap-1">
      <p className="flex gap-3 text-2">
        {title}
        <span className={isMissing ? "ml-auto text-ink-3" : "num ml-auto font-strong"}>
          {isMissing ? (fidelityText.reasons[figure.reason] ?? figure.reason) : show(figure.value)}
        </span>
      </p>
      {!isMissing && hasTrack ? <IntervalTrack {...figure} {...(base === undefined ? {} : { base })} /> : null}
      {isMissing ? null : <p className="num text-1 text-ink-3">{note(figure.n)}</p>}
    </li>
  );
}
