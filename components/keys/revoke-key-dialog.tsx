"use client";

import { useEffect, useRef } from "react";
import { toast } from "@/components/ui/toast";
import { keysText } from "@/components/strings/keys";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button, type ButtonProps } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { useNow } from "@/components/ui/use-now";
import { formatAgo } from "@/lib/format";
import type { KeyView } from "@/lib/keys/schemas";
import { useRevokeKey } from "./use-keys";

type RevokeKeyDialogProps = { doomed: KeyView | null; onClose: () => void; onRevoked: (key: KeyView) => void };

/** It cannot be undone, so it is asked, and keeping is the answer that is nearest. @param doomed null: closed */
export function RevokeKeyDialog({ doomed, onClose, onRevoked }: RevokeKeyDialogProps) {
  const revoke = useRevokeKey();
  const now = useNow();
  if (doomed === null) return null;
  const { title, description, lastUsed, neverUsed, submit, keep, failed, done } = keysText.revocation;
  const use = doomed.last_used_at === null ? neverUsed : now ? lastUsed(formatAgo(doomed.last_used_at, now)) : "";
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={title(doomed.name)}
      description={`${description} ${use}`}
    >
      {revoke.error ? <ApiErrorBlock title={failed} error={revoke.error} /> : null}
      <DialogActions>
        <Button
          look="danger"
          disabled={revoke.isPending}
          onClick={() =>
            revoke.mutate(doomed.id, {
              onSuccess: () => {
                toast(done(doomed.name));
                onRevoked(doomed);
                onClose();
              },
            })
          }
        >
          {submit}
        </Button>
        <KeepButton onClick={onClose}>{keep}</KeepButton>
      </DialogActions>
    </Dialog>
  );
}

/** It takes the focus once the menu that asked has given it back, which would win otherwise. */
function KeepButton(props: ButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => button.current?.focus());
    return () => clearTimeout(timer);
  }, []);
  return <Button ref={button} look="ghost" {...props} />;
}
