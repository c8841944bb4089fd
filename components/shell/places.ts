import {
  BookOpen,
  ChartNoAxesColumn,
  Image,
  KeyRound,
  MessageSquare,
  Settings,
  ShieldUser,
  UsersRound,
  type LucideIcon,
} from "lucide-react";
import { shellText } from "@/components/strings/shell";

export type Place = { href: string; label: string; icon: LucideIcon; shortcut?: string };

/** Where one can go, in the order of the navigation. */
export const places: Place[] = [
  { href: "/faces", label: shellText.faces, icon: UsersRound, shortcut: "g f" },
  { href: "/chat", label: shellText.chat, icon: MessageSquare, shortcut: "g c" },
  { href: "/portraits", label: shellText.portraits, icon: Image, shortcut: "g p" },
  { href: "/usage", label: shellText.usage, icon: ChartNoAxesColumn, shortcut: "g u" },
  { href: "/keys", label: shellText.keys, icon: KeyRound, shortcut: "g k" },
  { href: "/reference", label: shellText.reference, icon: BookOpen, shortcut: "g r" },
];

/** Behind the account row. */
export const settingsPlace: Place = { href: "/settings", label: shellText.settings, icon: Settings, shortcut: "g s" };

/** Of those only who may. */
export const adminPlace: Place = { href: "/admin", label: shellText.admin, icon: ShieldUser, shortcut: "g a" };

const faceChat = /^\/faces\/[^/]+\/chat(\/|$)/;

/** Which place a page belongs to: the chat with a face is a chat, wherever it stands. */
export function placeOf(path: string): string {
  if (faceChat.test(path)) return "/chat";
  return `/${path.split("/")[1] ?? ""}`;
}

/** Pages with columns of their own, where the navigation is a row of icons. */
export const isRailPath = (path: string): boolean => placeOf(path) === "/chat";
