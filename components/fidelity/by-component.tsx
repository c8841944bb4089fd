import Link from "next/link";
import { componentKeys, componentNames } from "@/components/fingerprint/components";
import { RingKey } from "@/components/fingerprint/ring-key";
import { fidelityText } from "@/components/strings/fidelity";
import type { Fidelity } from "@/lib/compile/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { formatCount, formatShare } from "@/lib/format";

type ByComponentProps = { face: FaceView; primitives: Fidelity["primitives"] };

/** How many statements of each component are in use, and how many wait; a number leads to them. */
export function ByComponent({ face, primitives }: ByComponentProps) {
  const all = componentKeys.map((key) => primitives[key]);
  const active = all.reduce((sum, counted) => sum + counted.active, 0);
  const draft = all.reduce((sum, counted) => sum + counted.draft, 0);
  return (
    <section aria-labelledby="by-component" className="grid gap-2">
      <h3 id="by-component">{fidelityText.components}</h3>
      <table className="num w-full text-2">
        <thead className="text-ink-3">
          <tr>
            <th scope="col" className="py-1.5 text-left font-text">
              {fidelityText.component}
            </th>
            <th scope="col" className="py-1.5 text-right font-text">
              {fidelityText.active}
            </th>
            <th scope="col" className="py-1.5 text-right font-text">
              {fidelityText.draft}
            </th>
            <th scope="col" className="py-1.5 text-right font-text">
              {fidelityText.draftShare}
            </th>
          </tr>
        </thead>
        <tbody>
          {componentKeys.map((key) => {
            const counted = primitives[key];
            const { name } = componentNames[key];
            return (
              <tr key={key} className="border-t border-line">
                <th scope="row" className="py-2 text-left font-text">
                  <span className="flex items-center gap-2">
                    <RingKey component={key} />
                    {name}
                  </span>
                </th>
                <td className="text-right">{formatCount(counted.active)}</td>
                <td className="text-right">
                  {counted.draft > 0 ? (
                    <Link
                      href={`/faces/${face.username}?tab=primitives&component=${key}&state=draft`}
                      aria-label={`${formatCount(counted.draft)}. ${fidelityText.openDrafts(name)}`}
                      className="link inline-block px-1 py-0.5"
                    >
                      {formatCount(counted.draft)}
                    </Link>
                  ) : (
                    formatCount(0)
                  )}
                </td>
                <td className="text-right text-ink-3">{shareOf(counted.draft, counted.active)}</td>
              </tr>
            );
          })}
          <tr className="border-t border-line font-strong">
            <th scope="row" className="py-2 text-left">
              {fidelityText.total}
            </th>
            <td className="text-right">{formatCount(active)}</td>
            <td className="text-right">{formatCount(draft)}</td>
            <td className="text-right">{shareOf(draft, active)}</td>
          </tr>
        </tbody>
      </table>
      <p className="text-1 text-ink-3">{fidelityText.componentsNote}</p>
    </section>
  );
}

const shareOf = (draft: number, active: number): string =>
  draft + active === 0 ? "" : formatShare(draft / (draft + active));
