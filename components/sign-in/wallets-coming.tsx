import { signInText } from "@/components/strings/sign-in";
import { Skeleton } from "@/components/ui/skeleton";

/** The height of one wallet, which most people have. */
export function WalletsComing() {
  return (
    <div
      role="status"
      aria-label={signInText.loadingWallets}
      className="grid h-14 items-center border-y border-line px-2"
    >
      <Skeleton className="w-40" />
    </div>
  );
}
