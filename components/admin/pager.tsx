import { adminText as text } from "@/components/strings/admin";
import { Button } from "@/components/ui/button";

type PagerProps = { after: string; next: string | null | undefined; onGo: (cursor: string) => void };

/** To what is older, and back to the newest. */
export function Pager({ after, next, onGo }: PagerProps) {
  if (after === "" && !next) return null;
  return (
    <nav aria-label={text.pages} className="flex gap-2">
      <Button disabled={after === ""} onClick={() => onGo("")}>
        {text.newest}
      </Button>
      <Button disabled={!next} onClick={() => onGo(next ?? "")}>
        {text.older}
      </Button>
    </nav>
  );
}
