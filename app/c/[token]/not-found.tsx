import { ClosedPage } from "@/components/embed/closed-page";

/** Without a way to the rest of the installation, which is none of a visitor's business. */
export default function NotFound() {
  return <ClosedPage />;
}
