import { primitivesText } from "@/components/strings/primitives";
import { Chip } from "@/components/ui/chip";
import { Confidence } from "@/components/ui/confidence";
import type { PrimitiveView } from "@/lib/compile/schemas";
import { formatHundredths } from "@/lib/format";
import { canonicalForm } from "./canonical-form";

/** The form in which a statement is kept, how sure it is, who read it, and how it stands. */
export function StatementFacts({ primitive }: { primitive: PrimitiveView }) {
  const texts = new Set(primitive.provenance.map((source) => source.document_id)).size;
  const reader = primitive.provenance[0]?.engine;
  return (
    <>
      <p className="font-mono text-2 [overflow-wrap:anywhere] text-ink-2">{canonicalForm(primitive)}</p>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-2 text-ink-3">
        <span className="num flex items-center gap-2">
          <Confidence value={primitive.confidence} />
          {formatHundredths(primitive.confidence)}
        </span>
        <span>{primitivesText.rests(primitive.provenance.length, texts)}</span>
        {reader ? <span>{primitivesText.readBy(engineName(reader))}</span> : null}
        {primitive.state === "draft" ? <Chip className="whitespace-normal">{primitivesText.chipDraft}</Chip> : null}
        {primitive.edited ? <Chip>{primitivesText.chipEdited}</Chip> : null}
        {primitive.state === "disabled" ? <Chip>{primitivesText.chipOff}</Chip> : null}
      </div>
    </>
  );
}

const engineName = (engine: string): string => (engine.startsWith("builtin") ? primitivesText.builtin : engine);
