import { Button } from "@/components/ui/button";
import { CopyTextButton } from "@/components/ui/copy-button";
import type { NewKey } from "./wire";

/** The only time a key is seen. It stays until its owner says that it is stored. */
export function NewKeyPanel({ newKey, onStored }: { newKey: NewKey; onStored: () => void }) {
  return (
    <section aria-label="Your new key" className="grid gap-3 rounded-3 border border-accent p-5" role="status">
      <div className="flex flex-wrap items-baseline gap-x-2">
        <h2>{newKey.name} is ready</h2>
        <span className="text-2 text-ink-2">Copy it now. It is stored as a hash and cannot be shown again.</span>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <code className="min-w-60 flex-1 rounded-2 border border-line bg-sunk px-3.5 py-[9px] text-2 [overflow-wrap:anywhere]">
          {newKey.key}
        </code>
        <CopyTextButton text={newKey.key} look="primary" autoFocus>
          Copy
        </CopyTextButton>
        <Button look="ghost" onClick={onStored}>
          I have stored it
        </Button>
      </div>
    </section>
  );
}
