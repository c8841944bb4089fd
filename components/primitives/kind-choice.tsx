"use client";

import { componentNames, type ComponentKey } from "@/components/fingerprint/components";
import { RingKey } from "@/components/fingerprint/ring-key";
import { Button } from "@/components/ui/button";
import type { PrimitiveView } from "@/lib/compile/schemas";
import type { PrimitiveChange } from "./use-primitives";

type KindChoiceProps = { primitive: PrimitiveView; onChoose: (change: PrimitiveChange) => void };

/** The kinds the engine thought likeliest; it is often wrong about the first, seldom about all three. */
export function KindChoice({ primitive, onChoose }: KindChoiceProps) {
  const kinds = primitive.alternatives.slice(0, 3);
  if (kinds.length < 2) return null;
  return (
    <section className="grid gap-2" aria-labelledby="kind-choice">
      <h3 id="kind-choice">
        What kind it is <span className="font-text text-ink-3">as the engine sees it</span>
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
                isCurrent ? undefined : onChoose({ predicate: kind.predicate as PrimitiveChange["predicate"] })
              }
            >
              <RingKey component={component} />
              {componentNames[component].name}
              <span className="font-mono text-ink-2">{kind.predicate}</span>
              <span className="num text-ink-3">{Math.round(kind.p * 100)}%</span>
            </Button>
          );
        })}
      </div>
    </section>
  );
}
