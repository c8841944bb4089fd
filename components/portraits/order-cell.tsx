"use client";

import { X } from "lucide-react";
import { portraitsText as text } from "@/components/strings/portraits";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { Meter } from "@/components/ui/meter";
import { toast } from "@/components/ui/toast";
import type { OrderView } from "@/lib/portraits/portrait-schemas";
import { wordsOf } from "./order-text";
import { isUnderWay, useCancelOrder, useDeleteOrder } from "./use-portraits";

type OrderCellProps = { order: OrderView; onAgain: (order: OrderView) => void };

/** An order in the place where its portraits will be: how far it is, or why it came to nothing. */
export function OrderCell({ order, onAgain }: OrderCellProps) {
  return isUnderWay(order) ? <RunningOrder order={order} /> : <EndedOrder order={order} onAgain={onAgain} />;
}

const place = "grid place-items-center rounded-3 bg-sunk-2 p-4";
const shapeOf = ({ width, height }: OrderView) => ({ aspectRatio: `${width} / ${height}` });

function RunningOrder({ order }: { order: OrderView }) {
  const cancel = useCancelOrder();
  const words = wordsOf(order);
  const stage = text.stages[order.stage] ?? text.stage(order.stage);
  return (
    <figure className="grid grid-cols-[minmax(0,1fr)] content-start gap-2">
      <div className={place} style={shapeOf(order)}>
        <div className="grid w-full max-w-40 gap-2 text-center">
          <Meter value={order.progress} max={1} label={text.progress(words)} tone="accent" className="bg-line-2" />
          <span role="status" className="text-1 text-ink-2">
            {stage}
          </span>
        </div>
      </div>
      <figcaption className="grid grid-cols-[minmax(0,1fr)] gap-0.5">
        <div className="flex items-center gap-1">
          <span className="mr-auto text-2 text-ink-2">{text.ordered(order.count)}</span>
          <IconButton
            label={text.cancel}
            disabled={cancel.isPending}
            onClick={() =>
              cancel.mutate(order.id, {
                onSuccess: () => void toast(text.cancelled),
                onError: (error) => void toast.error(error.message),
              })
            }
          >
            <X size={14} strokeWidth={1.75} aria-hidden />
          </IconButton>
        </div>
        <span className="truncate text-1 text-ink-2" title={words}>
          {words}
        </span>
        {order.has_worker ? null : <span className="text-1 text-danger">{text.noWorker}</span>}
      </figcaption>
    </figure>
  );
}

function EndedOrder({ order, onAgain }: OrderCellProps) {
  const remove = useDeleteOrder();
  const words = wordsOf(order);
  return (
    <figure className="grid grid-cols-[minmax(0,1fr)] content-start gap-2">
      <div className={place} style={shapeOf(order)}>
        <p className={cn("text-center text-1 wrap-anywhere", order.status === "failed" ? "text-danger" : "text-ink-2")}>
          {order.user_error ?? text.failed}
        </p>
      </div>
      <figcaption className="grid grid-cols-[minmax(0,1fr)] gap-0.5">
        <div className="flex items-center gap-1">
          <span className="mr-auto truncate text-2 text-ink-2">
            {order.status === "cancelled" ? text.stopped : text.failed}
          </span>
          <IconButton label={text.dismiss} disabled={remove.isPending} onClick={() => remove.mutate(order.id)}>
            <X size={14} strokeWidth={1.75} aria-hidden />
          </IconButton>
        </div>
        <span className="truncate text-1 text-ink-2" title={words}>
          {words}
        </span>
        <button
          type="button"
          onClick={() => onAgain(order)}
          className="justify-self-start text-1 text-accent underline underline-offset-3"
        >
          {text.again}
        </button>
      </figcaption>
    </figure>
  );
}
