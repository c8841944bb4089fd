import type { Metadata } from "next";
import { UsagePage } from "@/components/billing/usage-page";
import { billingText } from "@/components/strings/billing";

export const metadata: Metadata = { title: billingText.title };

export default function Page() {
  return <UsagePage />;
}
