import type { Metadata } from "next";
import { AdminPage } from "@/components/admin/admin-page";
import { adminText } from "@/components/strings/admin";

export const metadata: Metadata = { title: adminText.title };

export default function Page() {
  return <AdminPage />;
}
