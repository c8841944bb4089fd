"use client";

import { useState } from "react";
import { toast } from "@/components/ui/toast";
import { adminText as text } from "@/components/strings/admin";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { useUrlState } from "@/components/ui/use-url-state";
import { formatCount, formatDay, formatUsd } from "@/lib/format";
import { NewInviteDialog } from "./new-invite-dialog";
import { Pager } from "./pager";
import { RowsWaiting } from "./rows-waiting";
import { useInvites, useRevokeInvite } from "./use-admin";
import type { InviteView } from "./wire";

/** The ways in for people without a wallet. */
export function InvitesSection() {
  const [after, setAfter] = useUrlState("after");
  const { data, error, refetch, isPlaceholderData } = useInvites(after);
  const [isMaking, setIsMaking] = useState(false);
  const [leaving, setLeaving] = useState<InviteView | null>(null);
  const make = (
    <Button look="primary" onClick={() => setIsMaking(true)}>
      {text.inviteNew}
    </Button>
  );
  return (
    <section aria-label={text.tabs.invites} className="grid grid-cols-[minmax(0,1fr)] gap-4">
      {error ? (
        <ApiErrorBlock title={text.invitesFailed} error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <RowsWaiting />
      ) : data.data.length === 0 ? (
        <EmptyState title={text.invitesNone} action={make}>
          {text.invitesWhy}
        </EmptyState>
      ) : (
        <>
          <div className="flex flex-wrap items-center gap-3">
            <p className="measure mr-auto text-2 text-ink-2">{text.invitesWhy}</p>
            {make}
          </div>
          <InvitesTable invites={data.data} isOld={isPlaceholderData} onRevoke={setLeaving} />
          <Pager after={after} next={data.next_cursor} onGo={setAfter} />
        </>
      )}
      {isMaking ? <NewInviteDialog onClose={() => setIsMaking(false)} /> : null}
      {leaving ? <RevokeDialog invite={leaving} onClose={() => setLeaving(null)} /> : null}
    </section>
  );
}

const head = "border-b border-line py-2 pl-4 text-left text-1 font-text whitespace-nowrap text-ink-3 first:pl-0";
const cell = "border-b border-line py-2 pl-4 first:pl-0";
const midOnly = "hidden mid:table-cell";
const wideOnly = "hidden wide:table-cell";

type InvitesTableProps = { invites: readonly InviteView[]; isOld: boolean; onRevoke: (invite: InviteView) => void };

function InvitesTable({ invites, isOld, onRevoke }: InvitesTableProps) {
  return (
    <table className={cn("num w-full border-collapse text-2", isOld && "opacity-60")}>
      <thead>
        <tr>
          <th className={head}>{text.inviteColumns.code}</th>
          <th className={head}>{text.inviteColumns.state}</th>
          <th className={cn(head, midOnly)}>{text.inviteColumns.used}</th>
          <th className={cn(head, wideOnly)}>{text.inviteColumns.gives}</th>
          <th className={cn(head, midOnly)}>{text.inviteColumns.ends}</th>
          <th className={cn(head, wideOnly)}>{text.inviteColumns.note}</th>
          <th className={head} aria-hidden />
        </tr>
      </thead>
      <tbody>
        {invites.map((invite) => (
          <tr key={invite.id} className={cn("h-12 hover:bg-sunk", invite.status !== "open" && "text-ink-3")}>
            <td className={cell}>
              <code>{invite.code_prefix}…</code>
            </td>
            <td className={cell}>{text.inviteStates[invite.status]}</td>
            <td className={cn(cell, midOnly)}>
              {text.inviteUsed(formatCount(invite.uses), formatCount(invite.max_uses))}
            </td>
            <td className={cn(cell, wideOnly)}>{givesWords(invite)}</td>
            <td className={cn(cell, midOnly)}>{invite.expires_at ? formatDay(invite.expires_at) : text.inviteNoEnd}</td>
            <td className={cn(cell, wideOnly, "max-w-60 truncate")} title={invite.note ?? undefined}>
              {invite.note}
            </td>
            <td className={cn(cell, "text-right")}>
              {invite.status === "open" ? (
                <Button
                  look="ghost"
                  aria-label={text.inviteRevokeOf(invite.code_prefix)}
                  onClick={() => onRevoke(invite)}
                >
                  {text.inviteRevoke}
                </Button>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const givesWords = ({ plan, credit_usd: credit }: InviteView): string =>
  text.inviteGives(
    plan === null ? null : plan.charAt(0).toUpperCase() + plan.slice(1),
    credit > 0 ? formatUsd(credit) : null,
  );

function RevokeDialog({ invite, onClose }: { invite: InviteView; onClose: () => void }) {
  const revoke = useRevokeInvite();
  const run = () =>
    revoke.mutate(invite.id, {
      onSuccess: () => {
        toast(text.inviteRevoked);
        onClose();
      },
    });
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={text.inviteRevokeTitle(invite.code_prefix)}
      description={text.inviteRevokeWhat}
    >
      {revoke.error ? <ApiErrorBlock title={text.inviteRevokeFailed} error={revoke.error} /> : null}
      <DialogActions>
        <Button look="danger" disabled={revoke.isPending} onClick={run}>
          {text.inviteRevokeYes}
        </Button>
        <Button onClick={onClose}>{text.keep}</Button>
      </DialogActions>
    </Dialog>
  );
}
