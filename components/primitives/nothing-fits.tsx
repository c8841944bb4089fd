import { primitivesText } from "@/components/strings/primitives";
import { Button } from "@/components/ui/button";
import type { PrimitiveFilter } from "./use-primitive-filter";

type NothingFitsProps = { filter: PrimitiveFilter; onChange: (part: Partial<PrimitiveFilter>) => void };

/** A filter that leaves nothing, and the way back. */
export function NothingFits({ filter, onChange }: NothingFitsProps) {
  return (
    <div className="grid justify-items-start gap-3 py-6 text-2 text-ink-2">
      <p>
        {primitivesText.none(filter.q.trim())} {primitivesText.noneAbout}
      </p>
      <Button onClick={() => onChange({ component: "", q: "", document: "", state: "", kind: "", sure: "", mark: "" })}>
        {primitivesText.clear}
      </Button>
    </div>
  );
}
