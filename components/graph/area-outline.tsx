import { graphText } from "@/components/strings/graph";
import { formatCount } from "@/lib/format";
import type { Layout } from "./layout";

type AreaOutlineProps = { layout: Layout; onShow: (places: readonly number[]) => void };

/** What the drawing is parted into, with how many statements each part holds: a click goes there. */
export function AreaOutline({ layout, onShow }: AreaOutlineProps) {
  if (layout.areas.length < 2) return null;
  return (
    <section aria-labelledby="graph-areas" className="grid gap-1">
      <h3 id="graph-areas">{graphText.areas}</h3>
      <ul className="border-y border-line">
        {layout.areas.map(({ name, places }) => (
          <li key={name} className="border-t border-line first:border-t-0">
            <button
              type="button"
              onClick={() => onShow(places)}
              className="flex w-full items-baseline gap-3 px-2 py-1.5 text-left text-2 -outline-offset-2 hover:bg-sunk"
            >
              <span className="truncate">{name}</span>
              <span className="num ml-auto text-ink-3">{formatCount(places.length)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
