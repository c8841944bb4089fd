"use client";

import { useState } from "react";
import { CodeBlock } from "@/components/ui/code-block";
import { Segmented } from "@/components/ui/segmented";

type Language = "curl" | "javascript" | "python";

const languages: { value: Language; label: string }[] = [
  { value: "curl", label: "curl" },
  { value: "javascript", label: "JavaScript" },
  { value: "python", label: "Python" },
];

/** A call that works as it stands, with this installation's address and a face that exists. */
export function CallSnippet({ publicUrl, faceName }: { publicUrl: string; faceName: string }) {
  const [language, setLanguage] = useState<Language>("curl");
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="mr-auto">Call {faceName} with a key</h2>
        <Segmented label="Language" value={language} segments={languages} onChange={setLanguage} />
      </div>
      <CodeBlock code={snippets[language](publicUrl, faceName)} label={`Calling ${faceName} from ${language}`} />
    </section>
  );
}

const snippets: Record<Language, (publicUrl: string, face: string) => string> = {
  curl: (publicUrl, face) => `curl ${publicUrl}/v1/chat/completions \\
  -H "Authorization: Bearer $FACES_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{
    "model": "${face}",
    "messages": [
      {"role": "user", "content": "What matters most to you in your work?"}
    ]
  }'`,
  javascript: (publicUrl, face) => `import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.FACES_KEY, baseURL: "${publicUrl}/v1" });
const answer = await client.chat.completions.create({
  model: "${face}",
  messages: [{ role: "user", content: "What matters most to you in your work?" }],
});
console.log(answer.choices[0].message.content);`,
  python: (publicUrl, face) => `import os
from openai import OpenAI

client = OpenAI(api_key=os.environ["FACES_KEY"], base_url="${publicUrl}/v1")
answer = client.chat.completions.create(
    model="${face}",
    messages=[{"role": "user", "content": "What matters most to you in your work?"}],
)
print(answer.choices[0].message.content)`,
};
