import { createContext, use } from "react";
import type { DropdownMenu } from "radix-ui";

/** What the items of a menu are made of, given to them by the window that was loaded. */
export const MenuParts = createContext<typeof DropdownMenu | null>(null);

/** @throws {Error} an item stands outside of a menu */
export function useMenuParts(): typeof DropdownMenu {
  const parts = use(MenuParts);
  if (parts === null) throw new Error("An item of a menu stands in a menu.");
  return parts;
}
