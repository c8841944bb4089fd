"use client";

import { Check, CircleX, Play } from "lucide-react";
import { useState } from "react";
import { keysText } from "@/components/strings/keys";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { useUrlState } from "@/components/ui/use-url-state";
import { formatUsd } from "@/lib/format";
import type { FaceView } from "@/lib/faces/schemas";
import { isLanguage, languages, snippets } from "./snippets";
import { type TestAnswer, useTestCall } from "./use-test-call";

type CallPanelProps = {
  publicUrl: string;
  /** whom to call; null while there is nobody */
  face: FaceView | null;
  /** the key while it is shown */
  secret: string | null;
  /** how a key of the account begins, for snippets without a whole one */
  prefix: string | null;
};

/** A call that works as it stands, and the answer that it gets. */
export function CallPanel({ publicUrl, face, secret, prefix }: CallPanelProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-10 gap-y-8 wide:grid-cols-2">
      <Snippet publicUrl={publicUrl} face={face} secret={secret} prefix={prefix} />
      <Answer face={face} secret={secret} />
    </div>
  );
}

function Snippet({ publicUrl, face, secret, prefix }: CallPanelProps) {
  const [inUrl, setLanguage] = useUrlState("language");
  const language = isLanguage(inUrl) ? inUrl : "curl";
  const name = face?.username ?? "alice";
  const { call } = keysText;
  const key = secret ?? (prefix === null ? "$FACES_API_KEY" : `${prefix}…`);
  return (
    <section aria-labelledby="snippet-title" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <h2 id="snippet-title" className="mr-auto">
          {secret ? call.title(name) : call.titlePlain(name)}
        </h2>
        <Segmented label={call.language} value={language} segments={languages} onChange={setLanguage} />
      </div>
      <CodeBlock
        code={snippets[language]({ publicUrl, face: name, key })}
        label={call.snippet(name, languages.find(({ value }) => value === language)?.label ?? "")}
      />
      {face === null ? <p className="text-2 text-ink-3">{call.noFace}</p> : null}
    </section>
  );
}

function Answer({ face, secret }: Pick<CallPanelProps, "face" | "secret">) {
  const test = useTestCall();
  const [pasted, setPasted] = useState("");
  const { call } = keysText;
  const key = secret ?? pasted.trim();
  const isKey = key.startsWith("sk-faces-") && key.length > 30;
  const label = test.data ? call.again : call.run;
  return (
    <section aria-labelledby="answer-title" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex min-h-9 items-center gap-2">
        <h2 id="answer-title" className="mr-auto">
          {call.answer}
        </h2>
        <Button
          disabled={!isKey || face === null || test.isPending}
          onClick={() => {
            if (face) test.mutate({ key, face: face.username });
          }}
        >
          <Play size={14} strokeWidth={1.75} aria-hidden />
          {test.isPending ? call.running : label}
        </Button>
      </div>
      {secret === null ? (
        <Field
          label={call.paste}
          hint={call.pasteHint}
          error={pasted !== "" && !pasted.trim().startsWith("sk-faces-") ? call.pasteWrong : null}
        >
          {(control) => (
            <Input
              {...control}
              type="password"
              value={pasted}
              onChange={(event) => setPasted(event.target.value)}
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </Field>
      ) : null}
      <div aria-live="polite" className="rounded-3 border border-line">
        {test.isPending ? <Waiting /> : null}
        {test.error && !test.isPending ? <p className="p-4 text-2">{call.noAnswer}</p> : null}
        {test.data && !test.isPending ? <Result answer={test.data} face={face?.username ?? ""} /> : null}
        {test.isIdle ? <p className="p-4 text-2 text-ink-3">{call.idle}</p> : null}
      </div>
    </section>
  );
}

function Waiting() {
  return (
    <div role="status" aria-label={keysText.call.waiting} className="grid gap-3 p-4">
      <Skeleton className="w-40" />
      <Skeleton className="w-full" />
      <Skeleton className="w-3/4" />
    </div>
  );
}

function Result({ answer, face }: { answer: TestAnswer; face: string }) {
  const { call } = keysText;
  const isFine = answer.status < 400;
  const Sign = isFine ? Check : CircleX;
  const facts = [
    call.seconds(answer.seconds.toFixed(1)),
    ...(answer.tokens === null ? [] : [call.tokens(answer.tokens)]),
    ...(answer.costUsd === null ? [] : [formatUsd(answer.costUsd)]),
  ].join(", ");
  const speaker = answer.model === "builtin" ? call.quotedBy(face) : call.spokenBy(face, answer.model ?? "");
  return (
    <>
      <p className="num flex min-h-10 flex-wrap items-center gap-x-2 border-b border-line px-4 py-2 text-2">
        <Sign size={14} strokeWidth={1.75} aria-hidden className={isFine ? "text-ink-2" : "text-danger"} />
        <span className="font-strong">{answer.status}</span>
        <span className="text-ink-3">{facts}</span>
      </p>
      <div className="grid gap-2 px-4 py-3.5">
        <p className="max-h-72 overflow-y-auto [overflow-wrap:anywhere] whitespace-pre-wrap" tabIndex={0}>
          {answer.text || (isFine ? call.empty : "")}
        </p>
        {isFine ? null : <p className="text-2 text-ink-2">{call.refused[answer.status]}</p>}
        <p className="flex flex-wrap items-center gap-x-2 text-1 text-ink-3">
          {isFine ? <span>{speaker}</span> : null}
          {answer.requestId ? (
            <span className="inline-flex items-center gap-1 font-mono">
              {call.requestId} {answer.requestId}
              <CopyButton text={answer.requestId} label={call.copyRequestId} />
            </span>
          ) : null}
        </p>
      </div>
    </>
  );
}
