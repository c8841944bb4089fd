"use client";

import { componentNames, type ComponentKey } from "@/components/fingerprint/components";
import { RingKey } from "@/components/fingerprint/ring-key";
import { primitivesText } from "@/components/strings/primitives";
import { Button } from "@/components/ui/button";
import type { PrimitiveView } from "@/lib/compile/schemas";
import { formatShare } from "@/lib/format";
import type { StatementChange } from "./use-statement-change";
import type { PrimitiveChange } from "./use-update-primitive";

type Predicate = PrimitiveChange["predicate"];

/** The kinds the engine thought likeliest; it is often wrong about the first, seldom about all three. */
export function KindChoice({ primitive, change }: { primitive: PrimitiveView; change: StatementChange }) {
  const kinds = primitive.alternatives.slice(0, 3);
  if (kinds.length < 2) return null;
  const back = { predicate: primitive.edited ? (primitive.predicate as Predicate) : null };
  return (
    <section className="grid gap-2" aria-labelledby="kind-choice">
      <h3 id="kind-choice">
        {primitivesText.kindTitle} <span className="font-text text-ink-3">{primitivesText.kindNote}</span>
      </h3>
      <div className="flex flex-wrap gap-2">
        {kinds.map((kind) => {
          const component = kind.component as ComponentKey;
          const isCurrent = kind.predicate === primitive.predicate;
          return (
            <Button
              key={kind.predicate}
              aria-pressed={isCurrent}
              className={isCurrent ? "border-accent bg-accent-soft" : undefined}
              onClick={() =>
                isCurrent
                  ? undefined
                  : change(primitive.id, { predicate: kind.predicate as Predicate }, back, primitivesText.changed.kind)
              }
            >
              <RingKey component={component} />
              {componentNames[component].name}
              <span className="font-mono text-ink-2">{kind.predicate}</span>
              <span className="num text-ink-3">{formatShare(kind.p)}</span>
            </Button>
          );
        })}
      </div>
    </section>
  );
}
