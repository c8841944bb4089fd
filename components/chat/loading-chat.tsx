import { chatText } from "@/components/strings/chat";
import { Skeleton } from "@/components/ui/skeleton";

/** A conversation in its outlines: head, a question, an answer, the field to write in. */
export function LoadingChat() {
  return (
    <div role="status" aria-label={chatText.loading} className="flex h-full flex-col">
      <div className="flex min-h-14 items-center gap-2 border-b border-line px-4">
        <Skeleton className="size-8 rounded-3" />
        <div className="grid gap-1.5">
          <Skeleton className="w-32" />
          <Skeleton className="h-2.5 w-24" />
        </div>
      </div>
      <div className="mx-auto grid w-full max-w-160 flex-1 content-start gap-6 px-4 pt-6 mid:px-6">
        <Skeleton className="ml-auto h-10 w-1/2 rounded-3" />
        <div className="grid gap-2.5">
          <Skeleton />
          <Skeleton className="w-11/12" />
          <Skeleton className="w-3/5" />
        </div>
      </div>
      <div className="px-4 pb-11 mid:px-6">
        <Skeleton className="mx-auto h-20 max-w-150 rounded-3" />
      </div>
    </div>
  );
}
