import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import type { ReactNode } from "react";
import DashboardLayout from "@/app/(dashboard)/layout";
import { findVisitor } from "@/lib/auth/find-visitor";

/**
 * To everybody but admins there is nothing here; who is not signed in may be one. Outside of the dashboard's own folder,
 * so that it is decided before anything of the page is sent: the answer is the 404 of any address that is not there.
 */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const visitor = await findVisitor(await headers());
  if (visitor === null) redirect("/signin?next=/admin");
  if (!visitor.isAdmin) notFound();
  return <DashboardLayout>{children}</DashboardLayout>;
}
