import { versionsText } from "@/components/strings/versions";
import type { VersionView } from "./wire";

/** Which version of which text was in it. */
export function VersionSources({ version }: { version: VersionView }) {
  return (
    <section aria-labelledby="version-sources" className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h3 id="version-sources">{versionsText.compiledFrom(version.number)}</h3>
      {version.sources.length === 0 ? <p className="text-2 text-ink-2">{versionsText.noSource}</p> : null}
      <ul className="border-y border-line text-2 empty:hidden">
        {version.sources.map((source) => (
          <li key={source.document_id} className="flex gap-3 border-t border-line py-2 first:border-t-0">
            <span className={source.available ? "truncate" : "text-ink-3"}>
              {source.available ? (source.label ?? source.document_id) : versionsText.deletedText}
            </span>
            {source.available ? (
              <span className="num ml-auto whitespace-nowrap text-ink-3">
                {versionsText.textVersion(source.version)}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
