"use client";

import dynamic from "next/dynamic";
import { isValidElement, use, useState, type ComponentProps, type ReactNode } from "react";
import { Streamdown, type Components, type ExtraProps } from "streamdown";
import { chatText } from "@/components/strings/chat";
import { OpenReference } from "./open-reference";
import { createBlockReader } from "./read-blocks";
import { referenceIn } from "./references";

const CodeFence = dynamic(() => import("./code-fence").then((module) => module.CodeFence), {
  loading: () => <div className="h-24 rounded-2 border border-line bg-sunk" />,
});

type Of<Element extends "a" | "img" | "table" | "code" | "blockquote" | "input"> = ComponentProps<Element> & ExtraProps;

function TextLink({ href = "", children }: Of<"a">) {
  const open = use(OpenReference);
  const number = referenceIn(href);
  if (number !== null && open !== null)
    return (
      <button
        type="button"
        aria-label={chatText.reference(number)}
        onClick={() => open(number)}
        className="num mx-0.5 inline-grid h-5 min-w-5 place-items-center rounded-1 bg-sunk-2 px-1 align-[1px] text-1 font-strong text-ink-2 hover:bg-accent-soft hover:text-accent"
      >
        {number}
      </button>
    );
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" className="link">
      {children}
    </a>
  );
}

/** A model may write the address of a picture; loading it would tell a stranger who reads. */
function NoPicture({ alt }: Of<"img">) {
  return alt ? <span className="text-ink-3">{chatText.picture(alt)}</span> : null;
}

function ScrolledTable({ children }: Of<"table">) {
  return (
    <div tabIndex={0} role="group" aria-label={chatText.table} className="max-w-full overflow-x-auto">
      <table className="min-w-max">{children}</table>
    </div>
  );
}

function Code({ className = "", children, ...props }: Of<"code">) {
  if (!("data-block" in props)) return <code>{children}</code>;
  const language = /language-([\w+#-]+)/.exec(className)?.[1] ?? "";
  return <CodeFence code={textOf(children).replace(/\n$/, "")} language={language} />;
}

function textOf(node: ReactNode): string {
  if (typeof node === "string") return node;
  if (Array.isArray(node)) return node.map(textOf).join("");
  return isValidElement<{ children?: ReactNode }>(node) ? textOf(node.props.children) : "";
}

/** The renderer's own looks give way to ours, which stand at `.prose`. */
function plain(
  Tag: "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "li" | "th" | "td" | "thead" | "tbody" | "tr",
) {
  return function Plain({ children }: { children?: ReactNode }) {
    return <Tag>{children}</Tag>;
  };
}

/** In sans: the serif is for words that a person wrote, and nobody knows who wrote these. */
function Quotation({ children }: Of<"blockquote">) {
  return <blockquote className="font-sans! text-ink-2">{children}</blockquote>;
}

/** A task of a list: a box that nobody can tick says in words how it stands. */
function TaskBox({ checked }: Of<"input">) {
  const label = checked ? chatText.taskDone : chatText.taskOpen;
  return <input type="checkbox" disabled checked={checked === true} readOnly aria-label={label} className="mr-1.5" />;
}

const plainTags = ["h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "th", "td", "thead", "tbody", "tr"] as const;

const components: Components = {
  ...Object.fromEntries(plainTags.map((tag) => [tag, plain(tag)])),
  a: TextLink,
  img: NoPicture,
  table: ScrolledTable,
  code: Code,
  blockquote: Quotation,
  input: TaskBox,
};

/** Markdown as it is being written: half a list or half a link does not flicker. */
export function Markdown({ text, isWriting }: { text: string; isWriting: boolean }) {
  const [toBlocks] = useState(createBlockReader);
  // what was seen being written stays in its blocks: drawn anew in one piece it would lose the reader's place
  const [isInBlocks] = useState(isWriting);
  return (
    <Streamdown
      className="prose"
      parseMarkdownIntoBlocksFn={toBlocks}
      mode={isWriting || isInBlocks ? "streaming" : "static"}
      isAnimating={isWriting}
      controls={false}
      components={components}
    >
      {text}
    </Streamdown>
  );
}
