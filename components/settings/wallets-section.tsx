"use client";

import { Wallet } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { toast } from "@/components/ui/toast";
import { settingsText as text } from "@/components/strings/settings";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { formatDay, shortAddress } from "@/lib/format";
import { useUnlinkWallet, useWallets } from "./use-settings";
import type { SettingsView, WalletView } from "./wire";

/** The parts that talk to wallets are big, and few people link one. */
const LinkWalletDialog = dynamic(() => import("./link-wallet-dialog").then((all) => all.LinkWalletDialog), {
  ssr: false,
});

/** The wallets that sign in, one more, or one less. */
export function WalletsSection({ account }: { account: SettingsView }) {
  const { data: wallets, error, refetch } = useWallets();
  const [isLinking, setIsLinking] = useState(false);
  const [leaving, setLeaving] = useState<WalletView | null>(null);
  return (
    <section className="grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="mr-auto">{text.walletsTitle}</h2>
        <Button onClick={() => setIsLinking(true)}>{text.walletLink}</Button>
      </div>
      <p className="measure text-2 text-ink-2">{text.walletsWhat}</p>
      {error ? (
        <ApiErrorBlock title={text.walletsFailed} error={error} onRetry={() => void refetch()} />
      ) : wallets === undefined ? (
        <div aria-hidden className="flex h-14 items-center border-y border-line">
          <Skeleton className="w-72 max-w-full" />
        </div>
      ) : wallets.length === 0 ? (
        <p className="text-2 text-ink-3">{text.walletsNone}</p>
      ) : (
        <ul className="border-y border-line">
          {wallets.map((wallet) => (
            <li
              key={wallet.address}
              className="flex min-h-14 items-center gap-3 border-t border-line py-2 first:border-t-0"
            >
              <Wallet size={16} strokeWidth={1.75} aria-hidden className="text-ink-3" />
              <div className="mr-auto min-w-0">
                <p className="flex items-center gap-1 font-mono text-2" title={wallet.address}>
                  <span className="hidden truncate mid:inline">{wallet.address}</span>
                  <span className="mid:hidden">{shortAddress(wallet.address)}</span>
                  <CopyButton text={wallet.address} label={text.walletCopy} />
                </p>
                <p className="num text-1 text-ink-3">{text.walletSince(formatDay(wallet.created_at))}</p>
              </div>
              <Button
                look="ghost"
                aria-label={text.walletUnlinkOf(shortAddress(wallet.address))}
                onClick={() => setLeaving(wallet)}
              >
                {text.walletUnlink}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {isLinking ? <LinkWalletDialog onClose={() => setIsLinking(false)} /> : null}
      {leaving ? (
        <UnlinkDialog
          address={leaving.address}
          isLastWay={wallets?.length === 1 && !account.has_password}
          onClose={() => setLeaving(null)}
        />
      ) : null}
    </section>
  );
}

function UnlinkDialog({ address, isLastWay, onClose }: { address: string; isLastWay: boolean; onClose: () => void }) {
  const unlink = useUnlinkWallet();
  const leave = () =>
    unlink.mutate(address, {
      onSuccess: ({ sessions_ended: ended }) => {
        toast(text.walletUnlinked(ended));
        onClose();
      },
    });
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={text.walletUnlinkTitle(shortAddress(address))}
      description={isLastWay ? text.walletUnlinkLast : text.walletUnlinkWhat}
    >
      {unlink.error ? <ApiErrorBlock title={text.walletUnlinkFailed} error={unlink.error} /> : null}
      <DialogActions>
        {isLastWay ? null : (
          <Button look="danger" disabled={unlink.isPending} onClick={leave}>
            {text.walletUnlinkYes}
          </Button>
        )}
        <Button onClick={onClose}>{text.keep}</Button>
      </DialogActions>
    </Dialog>
  );
}
