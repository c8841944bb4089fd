"use client";

import { RingKey } from "@/components/fingerprint/ring-key";
import { sourcesText } from "@/components/strings/sources";
import { Panel } from "@/components/ui/panel";
import type { PrimitiveView } from "@/lib/compile/schemas";

type StatementsOfTextProps = {
  statements: PrimitiveView[];
  chosen: string;
  onShow: (statement: PrimitiveView) => void;
};

/** What came of a text, in its order; each leads to its sentence. */
export function StatementsOfText({ statements, chosen, onShow }: StatementsOfTextProps) {
  return (
    <Panel
      title={sourcesText.inOrder}
      aside={<span className="num text-2 text-ink-3">{statements.length}</span>}
      label={sourcesText.facts.statements}
    >
      <ol className="-mx-2 -my-3 max-h-[50dvh] overflow-y-auto">
        {statements.map((statement) => (
          <li key={statement.id} className="[contain-intrinsic-size:auto_40px] [content-visibility:auto]">
            <button
              type="button"
              onClick={() => onShow(statement)}
              aria-current={statement.id === chosen ? "true" : undefined}
              className="grid w-full grid-cols-[16px_minmax(0,1fr)] items-start gap-2 rounded-2 px-2 py-1.5 text-left text-2 -outline-offset-2 hover:bg-sunk aria-[current]:bg-accent-soft"
            >
              <span className="pt-0.5">
                <RingKey component={statement.component} />
              </span>
              <span className="[overflow-wrap:anywhere]">{statement.statement}</span>
            </button>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
