import { voiceText } from "@/components/strings/voice";

/** The very lines that stand in the prompt. */
export function ToldInChat({ told }: { told: readonly string[] }) {
  return (
    <section aria-labelledby="voice-told" className="grid gap-2">
      <h2 id="voice-told">{voiceText.toldTitle}</h2>
      <p className="text-2 text-ink-2">{voiceText.toldAbout}</p>
      {told.length === 0 ? (
        <p className="text-2 text-ink-3">{voiceText.toldNothing}</p>
      ) : (
        <ul className="grid gap-1.5 rounded-2 border border-line bg-sunk px-3.5 py-3 font-mono text-1 [overflow-wrap:anywhere] text-ink-2">
          {told.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
