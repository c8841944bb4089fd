import Link from "next/link";
import type { FingerprintData } from "@/components/fingerprint/components";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { shellText } from "@/components/strings/shell";
import { cn } from "@/components/ui/cn";

/** The sign of the product: a fingerprint like any other, drawn in one colour. */
export const signData: FingerprintData = {
  alpha: [
    { n: 9, confidence: 0.88 },
    { n: 7, confidence: 0.72 },
    { n: 4, confidence: 0.61 },
  ],
  beta: [
    { n: 16, confidence: 0.94 },
    { n: 11, confidence: 0.81 },
    { n: 8, confidence: 0.66 },
    { n: 5, confidence: 0.52 },
  ],
  delta: [
    { n: 14, confidence: 0.9 },
    { n: 9, confidence: 0.7 },
    { n: 9, confidence: 0.84 },
    { n: 6, confidence: 0.48 },
    { n: 4, confidence: 0.6 },
  ],
  epsilon: [
    { n: 17, confidence: 0.92 },
    { n: 12, confidence: 0.58 },
    { n: 10, confidence: 0.86 },
    { n: 7, confidence: 0.75 },
    { n: 5, confidence: 0.64 },
  ],
};

export function Mark({ href, className }: { href: string; className?: string }) {
  return (
    <Link
      href={href}
      className={cn(
        "inline-flex items-center gap-2 text-3 font-title tracking-[-0.012em] text-ink no-underline",
        className,
      )}
    >
      <Fingerprint data={signData} size={24} mono />
      {shellText.product}
    </Link>
  );
}

/** The sign alone. */
export function MarkSign({ href, label, className }: { href: string; label: string; className?: string }) {
  return (
    <Link href={href} aria-label={label} className={cn("text-ink", className)}>
      <Fingerprint data={signData} size={24} mono />
    </Link>
  );
}
