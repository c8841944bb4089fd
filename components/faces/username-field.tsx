import type { Ref } from "react";
import { newFaceText as text } from "@/components/strings/faces";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RichText } from "@/components/ui/rich-text";
import { maxUsernameLength, usernameProblem } from "./username";

type UsernameFieldProps = {
  username: string;
  taken: ReadonlySet<string>;
  /** whether what is wrong is said already */
  isChecked: boolean;
  /** what the server says against it */
  refusal: string | null;
  inputRef: Ref<HTMLInputElement>;
  onChange: (username: string) => void;
};

/** What clients call a face by, checked while it is typed. */
export function UsernameField({ username, taken, isChecked, refusal, inputRef, onChange }: UsernameFieldProps) {
  return (
    <Field
      label={text.username}
      hint={
        username ? (
          <RichText text={text.usernameUse(username)} parts={{ code: (words) => <code>{words}</code> }} />
        ) : (
          text.usernameHint
        )
      }
      error={refusal ?? (isChecked ? usernameProblem(username, taken) : null)}
    >
      {(control) => (
        <Input
          {...control}
          ref={inputRef}
          value={username}
          maxLength={maxUsernameLength + 8}
          onChange={(event) => onChange(event.target.value)}
          className="font-mono"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      )}
    </Field>
  );
}
