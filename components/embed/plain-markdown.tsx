import { Fragment, memo, type ReactNode } from "react";

/**
 * The markdown that answers are written in: paragraphs, lists, quotes, code, emphasis, links. Everything else stays
 * text. It makes elements and never HTML, so nothing that stands in an answer can be more than words; a hundredth of
 * the size of a whole renderer, which matters on pages inside of other people's pages. What was said before is not read
 * again with every word of the answer that is being written.
 */
export const PlainMarkdown = memo(function PlainMarkdown({ text }: { text: string }) {
  return (
    <div className="prose">
      {blocksOf(text).map((block, index) => (
        <Block key={index} block={block} />
      ))}
    </div>
  );
});

type BlockOf = { kind: "text" | "quote" | "title" | "code" | "bullets" | "numbers"; lines: string[] };

function Block({ block: { kind, lines } }: { block: BlockOf }) {
  if (kind === "code") {
    return (
      <pre tabIndex={0}>
        <code>{lines.join("\n")}</code>
      </pre>
    );
  }
  if (kind === "bullets" || kind === "numbers") {
    const List = kind === "bullets" ? "ul" : "ol";
    return (
      <List>
        {lines.map((line, index) => (
          <li key={index}>{inline(line)}</li>
        ))}
      </List>
    );
  }
  const words = lines.map((line, index) => (
    <Fragment key={index}>
      {index > 0 ? <br /> : null}
      {inline(line)}
    </Fragment>
  ));
  if (kind === "quote") return <blockquote>{words}</blockquote>;
  return kind === "title" ? (
    <p>
      <strong>{words}</strong>
    </p>
  ) : (
    <p>{words}</p>
  );
}

const forms: { kind: BlockOf["kind"]; start: RegExp; isOneLine?: true }[] = [
  { kind: "bullets", start: /^\s*[-*+]\s+/u },
  { kind: "numbers", start: /^\s*\d{1,3}[.)]\s+/u },
  { kind: "quote", start: /^\s*>\s?/u },
  { kind: "title", start: /^#{1,6}\s+/u, isOneLine: true },
];

export function blocksOf(text: string): BlockOf[] {
  const blocks: BlockOf[] = [];
  let open: BlockOf | null = null;
  let isCode = false;
  for (const line of text.split("\n")) {
    if (/^\s*```/u.test(line)) {
      isCode = !isCode;
      open = isCode ? { kind: "code", lines: [] } : null;
      if (open !== null) blocks.push(open);
    } else if (isCode) open?.lines.push(line);
    else if (line.trim() === "") open = null;
    else {
      const form = forms.find(({ start }) => start.test(line));
      const kind = form?.kind ?? "text";
      if (open === null || open.kind !== kind || form?.isOneLine) blocks.push((open = { kind, lines: [] }));
      open.lines.push(form === undefined ? line : line.replace(form.start, ""));
    }
  }
  return blocks;
}

/** Code, bold, italics, links; each ends where it began, or is no more than its characters. */
const marks = /`([^`]+)`|\*\*([^*]+)\*\*|__([^_]+)__|\*([^*\s][^*]*)\*|(?<!!)\[([^\]]+)\]\(([^()\s]+)\)/gu;

function inline(line: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of line.matchAll(marks)) {
    const [whole, code, bold, alsoBold, italic, label, address] = match;
    parts.push(line.slice(end, match.index));
    end = match.index + whole.length;
    const key = match.index;
    if (code !== undefined) parts.push(<code key={key}>{code}</code>);
    else if (bold !== undefined || alsoBold !== undefined) parts.push(<strong key={key}>{bold ?? alsoBold}</strong>);
    else if (italic !== undefined) parts.push(<em key={key}>{italic}</em>);
    else if (label !== undefined && isWebAddress(address)) {
      parts.push(
        <a key={key} href={address} target="_blank" rel="noopener noreferrer nofollow" className="link">
          {label}
        </a>,
      );
    } else parts.push(whole);
  }
  parts.push(line.slice(end));
  return parts;
}

/** Where a link may lead: another tab, by the web. */
function isWebAddress(address: string | undefined): address is string {
  return address !== undefined && /^https?:\/\//iu.test(address) && URL.canParse(address);
}
