import { versionsText } from "@/components/strings/versions";
import { CopyButton } from "@/components/ui/copy-button";
import { RichText } from "@/components/ui/rich-text";

/** How a client keeps to one version. */
export function VersionModel({ username, number }: { username: string; number: number }) {
  const model = `${username}#${number}`;
  return (
    <section aria-labelledby="version-model" className="grid gap-2">
      <h3 id="version-model">{versionsText.askTitle(number)}</h3>
      <p className="flex items-center gap-1">
        <code className="rounded-1 bg-sunk-2 px-2 py-0.5 text-2">{model}</code>
        <CopyButton text={model} label={versionsText.copyModel} />
      </p>
      <p className="measure text-2 text-ink-3">
        <RichText text={versionsText.ask} parts={{ code: (words) => words }} />
      </p>
    </section>
  );
}
