"use client";

import { useState } from "react";
import { toast } from "sonner";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Meter } from "@/components/ui/meter";
import { useNow } from "@/components/ui/use-now";
import { formatAgo, formatDay, formatUsd } from "@/lib/format";
import { useRevokeKey } from "./use-keys";
import type { KeyView } from "./wire";

const head = "border-b border-line py-2 pr-3 text-left text-1 font-text whitespace-nowrap text-ink-3";
const cell = "border-b border-line py-2.5 pr-3 align-middle";

export function KeyTable({ keys }: { keys: KeyView[] }) {
  const now = useNow();
  const [doomed, setDoomed] = useState<KeyView | null>(null);
  return (
    <>
      <table className="w-full border-collapse text-2">
        <thead>
          <tr>
            <th className={head}>Name</th>
            <th className={`${head} hidden mid:table-cell`}>Last used</th>
            <th className={`${head} hidden wide:table-cell`}>Ends</th>
            <th className={head}>Spent of budget</th>
            <th className={`${head} pr-0`}>
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <td className={cell}>
                <div className="font-strong">{key.name}</div>
                <div className="font-mono text-1 whitespace-nowrap text-ink-3">{key.key_prefix}…</div>
              </td>
              <td className={`${cell} hidden whitespace-nowrap text-ink-2 mid:table-cell`}>
                {key.last_used_at ? (now ? formatAgo(key.last_used_at, now) : "") : "never"}
              </td>
              <td className={`${cell} hidden whitespace-nowrap text-ink-2 wide:table-cell`}>
                {key.expires_at ? formatDay(key.expires_at) : "never"}
              </td>
              <td className={`${cell} w-28 mid:w-44`}>
                <Spent spent={key.spent_usd ?? 0} budget={key.budget_usd ?? null} name={key.name} />
              </td>
              <td className={`${cell} pr-0 text-right`}>
                <Button look="ghost" onClick={() => setDoomed(key)} aria-label={`Revoke ${key.name}`}>
                  Revoke
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <RevokeDialog doomed={doomed} onClose={() => setDoomed(null)} />
    </>
  );
}

function Spent({ spent, budget, name }: { spent: number; budget: number | null; name: string }) {
  return (
    <>
      <div className="num flex justify-between">
        <span>{formatUsd(spent)}</span>
        <span className="text-ink-3">{budget === null ? "no cap" : formatUsd(budget)}</span>
      </div>
      {budget === null ? null : <Meter value={spent} max={budget} label={`Spent by ${name}`} className="mt-1" />}
    </>
  );
}

function RevokeDialog({ doomed, onClose }: { doomed: KeyView | null; onClose: () => void }) {
  const revoke = useRevokeKey();
  if (!doomed) return null;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={`Revoke ${doomed.name}?`}
      description="Whatever uses it gets a 401 from the next call on. This cannot be undone."
    >
      {revoke.error ? <ApiErrorBlock title="The key was not revoked" error={revoke.error} /> : null}
      <DialogActions>
        <Button
          look="danger"
          disabled={revoke.isPending}
          onClick={() =>
            revoke.mutate(doomed.id, {
              onSuccess: () => {
                toast(`${doomed.name} is revoked.`);
                onClose();
              },
            })
          }
        >
          Revoke the key
        </Button>
        <Button look="ghost" autoFocus onClick={onClose}>
          Keep it
        </Button>
      </DialogActions>
    </Dialog>
  );
}
