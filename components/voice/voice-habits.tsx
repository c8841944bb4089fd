import { voiceText } from "@/components/strings/voice";
import { cn } from "@/components/ui/cn";
import type { Voice } from "@/lib/compile/schemas";
import { voiceFigures, type VoiceFigure } from "./voice-figures";

/** Every figure beside that of the others, as a number and as a length. */
export function VoiceHabits({ voice, name }: { voice: Voice; name: string }) {
  const hasOthers = voice.other_turns > 0;
  return (
    <section aria-labelledby="voice-figures" className="grid gap-2">
      <h2 id="voice-figures">{voiceText.habits}</h2>
      <table className="w-full text-2">
        <thead className="text-ink-3">
          <tr>
            <th scope="col" className="py-1.5 text-left font-text">
              <span className="sr-only">{voiceText.habit}</span>
            </th>
            <td className="w-20" />
            <th scope="col" className="max-w-24 truncate py-1.5 text-right font-text">
              {name}
            </th>
            {hasOthers ? (
              <th scope="col" className="w-16 py-1.5 text-right font-text">
                {voiceText.others}
              </th>
            ) : null}
          </tr>
        </thead>
        {voiceFigures(voice).map((group) => (
          <tbody key={group.title}>
            <tr>
              <th
                scope="rowgroup"
                colSpan={hasOthers ? 4 : 3}
                className="border-t border-line pt-3 pb-1 text-left text-1 text-ink-3"
              >
                {group.title}
              </th>
            </tr>
            {group.figures.map((figure) => (
              <FigureRow key={figure.label} figure={figure} hasOthers={hasOthers} />
            ))}
          </tbody>
        ))}
      </table>
      {hasOthers ? (
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-1 text-ink-3">
          <span className="flex items-center gap-1.5">
            <svg width={20} height={8} aria-hidden>
              <rect y={2} width={20} height={4} fill="var(--ink-2)" />
            </svg>
            {voiceText.barOwn}
          </span>
          <span className="flex items-center gap-1.5">
            <svg width={4} height={12} aria-hidden>
              <rect x={1} width={1.5} height={12} fill="var(--ink)" />
            </svg>
            {voiceText.barOthers}
          </span>
          <span className="basis-full">{voiceText.bold}</span>
        </p>
      ) : null}
    </section>
  );
}

function FigureRow({ figure, hasOthers }: { figure: VoiceFigure; hasOthers: boolean }) {
  return (
    <tr>
      <th scope="row" className="py-1 pr-3 text-left font-text text-ink-2">
        {figure.label}
      </th>
      <td className="pr-2" aria-hidden>
        <Bar bar={figure.bar} isTelling={figure.isTelling} />
      </td>
      <td className={cn("num py-1 text-right", figure.isTelling && "font-strong")}>
        {figure.own}
        {figure.isTelling ? <span className="sr-only">{voiceText.clearly}</span> : null}
      </td>
      {hasOthers ? <td className="num py-1 text-right text-ink-3">{figure.others}</td> : null}
    </tr>
  );
}

function Bar({ bar, isTelling }: { bar: VoiceFigure["bar"]; isTelling: boolean }) {
  return (
    <svg viewBox="0 0 72 12" width={72} height={12} className="block">
      <rect y={4} width={72} height={4} fill="var(--sunk-2)" />
      <rect y={4} width={72 * bar.own} height={4} fill={isTelling ? "var(--accent)" : "var(--ink-3)"} />
      {bar.others === null ? null : <rect x={72 * bar.others - 0.75} width={1.5} height={12} fill="var(--ink)" />}
    </svg>
  );
}
