"use client";

import { useId } from "react";
import { keysText } from "@/components/strings/keys";
import { scopes, type Scope } from "@/lib/keys/schemas";

type ScopeListProps = { picked: Scope[]; onChange: (picked: Scope[]) => void; error?: string | undefined };

/** What a key may do, in words, with the name that programs know it by. */
export function ScopeList({ picked, onChange, error }: ScopeListProps) {
  const id = useId();
  return (
    <fieldset className="grid gap-1" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1 text-2 font-strong">{keysText.may}</legend>
      <ul className="grid gap-x-4 mid:grid-cols-2">
        {scopes.map((scope) => (
          <li key={scope}>
            <label htmlFor={`${id}-${scope}`} className="flex min-h-10 items-start gap-2.5 py-1 text-2">
              <input
                id={`${id}-${scope}`}
                type="checkbox"
                checked={picked.includes(scope)}
                onChange={(event) =>
                  onChange(scopes.filter((each) => (each === scope ? event.target.checked : picked.includes(each))))
                }
                className="mt-0.5 size-4 shrink-0 accent-accent"
              />
              <span className="grid">
                <span>
                  {keysText.scopes[scope]?.label} <code className="text-1 text-ink-3">{scope}</code>
                </span>
                <span className="text-1 text-ink-3">{keysText.scopes[scope]?.hint}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {error ? (
        <p id={`${id}-error`} className="text-1 text-danger">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
