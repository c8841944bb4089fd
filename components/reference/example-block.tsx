"use client";

import { referenceText as words } from "@/components/strings/reference";
import { CodeBlock } from "@/components/ui/code-block";
import { Segmented } from "@/components/ui/segmented";
import { useUrlState } from "@/components/ui/use-url-state";
import { languages, type Examples, type Language } from "./request-examples";

/** A request in the language that one has chosen, for the whole reference at once. */
export function ExampleBlock({ title, examples }: { title: string; examples: Examples }) {
  const [inUrl, setLanguage] = useUrlState("language");
  const chosen = languages.find(({ value }) => value === inUrl) ?? languages[0];
  const language: Language = chosen?.value ?? "curl";
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <Segmented
        label={words.language}
        value={language}
        segments={languages}
        onChange={setLanguage}
        className="justify-self-start"
      />
      <CodeBlock code={examples[language]} label={words.exampleOf(title, chosen?.label ?? "")} />
    </div>
  );
}
