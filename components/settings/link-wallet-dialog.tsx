"use client";

import { toast } from "@/components/ui/toast";
import { z } from "zod";
import type { WalletPurpose } from "@/components/sign-in/use-wallet-sign-in";
import { WalletSignIn } from "@/components/sign-in/wallet-sign-in";
import { settingsText as text } from "@/components/strings/settings";
import { Dialog } from "@/components/ui/dialog";
import { fetchJson } from "@/lib/http/fetch-json";
import { useWalletsChanged } from "./use-settings";

const linking: WalletPurpose = {
  textPath: (address) => `/v1/account/wallets/nonce/${address}`,
  send: (body) => fetchJson("/v1/account/wallets", z.unknown(), { method: "POST", body }),
  sending: text.walletLinking,
};

/** The same steps as signing in, with a text that names this account. */
export function LinkWalletDialog({ onClose }: { onClose: () => void }) {
  const changed = useWalletsChanged();
  const done = () => {
    void changed();
    toast(text.walletLinked);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={text.walletLinkTitle}
      description={text.walletLinkWhat}
    >
      <WalletSignIn onSignedIn={done} purpose={linking} />
    </Dialog>
  );
}
