import { embedText, visitorText } from "@/components/strings/embed";
import { CodeBlock } from "@/components/ui/code-block";
import type { EmbedView } from "@/lib/embed/schemas";
import type { FaceView } from "@/lib/faces/schemas";

/** What a site has to write to show the page. */
export function EmbedSnippet({ face, embed }: { face: FaceView; embed: EmbedView }) {
  return (
    <>
      <CodeBlock label={embedText.snippetLabel} code={snippetOf(embed.embed_url, face.name ?? face.username)} />
      <p className="text-1 text-ink-3">
        {embed.origins.length === 0 ? embedText.snippetNoOrigin : embedText.snippetHint} {embedText.growHint}
      </p>
    </>
  );
}

/** The site's origin is told with the frame, so that the page knows where it stands. */
function snippetOf(address: string, name: string): string {
  const title = visitorText.title(name).replace(/[&"<>]/gu, (letter) => `&#${letter.charCodeAt(0)};`);
  const attributes = [
    `src="${address}"`,
    `title="${title}"`,
    `width="100%" height="600" style="border: 0"`,
    `loading="lazy" referrerpolicy="strict-origin"`,
  ];
  return `<iframe\n  ${attributes.join("\n  ")}>\n</iframe>`;
}
