"use client";

import { useRouter } from "next/navigation";
import { useRef, useState, type FormEvent } from "react";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { ApiError } from "@/lib/http/fetch-json";
import { useCreateFace } from "./use-faces";
import { maxUsernameLength, toUsername, usernameProblem } from "./username";

export function CreateFaceDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="New face" description="Who is it? The texts come next.">
      <CreateFaceForm onCancel={() => onOpenChange(false)} />
    </Dialog>
  );
}

function CreateFaceForm({ onCancel }: { onCancel: () => void }) {
  const router = useRouter();
  const create = useCreateFace();
  const [name, setName] = useState("");
  const [typedUsername, setTypedUsername] = useState<string | null>(null);
  const [facts, setFacts] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const usernameInput = useRef<HTMLInputElement>(null);
  const username = typedUsername ?? toUsername(name);
  const isUsernameRefused = create.error instanceof ApiError && create.error.param === "username";

  function submit(event: FormEvent) {
    event.preventDefault();
    setIsChecked(true);
    if (usernameProblem(username)) {
      usernameInput.current?.focus();
      return;
    }
    create.mutate(
      { username, basic_facts: facts, ...(name.trim() ? { name: name.trim() } : {}) },
      { onSuccess: (face) => router.push(`/faces/${face.username}?tab=sources`) },
    );
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Field label="Name" optional>
        {(control) => (
          <Input
            {...control}
            value={name}
            onChange={(event) => setName(event.target.value)}
            autoFocus
            autoComplete="off"
          />
        )}
      </Field>
      <Field
        label="Username"
        hint={
          username ? (
            <>
              Clients call it with <code>model: "{username}"</code>
            </>
          ) : (
            "Small letters, digits and dashes."
          )
        }
        error={
          isUsernameRefused ? create.error?.message : isChecked || typedUsername ? usernameProblem(username) : null
        }
      >
        {(control) => (
          <Input
            {...control}
            ref={usernameInput}
            value={username}
            maxLength={maxUsernameLength + 8}
            onChange={(event) => setTypedUsername(event.target.value)}
            className="font-mono"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <Field label="Facts" optional hint="A few plain sentences. They go into every conversation word for word.">
        {(control) => (
          <Textarea {...control} rows={3} value={facts} onChange={(event) => setFacts(event.target.value)} />
        )}
      </Field>
      {create.error && !isUsernameRefused ? (
        <ApiErrorBlock title="The face was not created" error={create.error} />
      ) : null}
      <DialogActions>
        <Button type="submit" look="primary" disabled={create.isPending}>
          {create.isPending ? "Creating…" : username ? `Create ${username}` : "Create the face"}
        </Button>
        <Button look="ghost" onClick={onCancel}>
          Cancel
        </Button>
      </DialogActions>
    </form>
  );
}
