import { chatText } from "@/components/strings/chat";
import { formatCount } from "@/lib/format";

export type TokenPart = { label: string; tokens: number; look: string };

/** What a request consists of, side by side. The numbers stand in the list below. */
export function TokenBar({ parts }: { parts: readonly TokenPart[] }) {
  const total = parts.reduce((sum, { tokens }) => sum + tokens, 0);
  if (total === 0) return null;
  const told = parts.map(({ label, tokens }) => `${label} ${formatCount(tokens)}`).join(", ");
  return (
    <div role="img" aria-label={`${chatText.tokenBar}: ${told}`} className="flex h-2 gap-px overflow-hidden rounded-1">
      {parts.map(({ label, tokens, look }) => (
        <span key={label} className={look} style={{ flexGrow: tokens / total, flexBasis: 0 }} />
      ))}
    </div>
  );
}
