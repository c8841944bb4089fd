import { createContext } from "react";
import type { Popover } from "radix-ui";

/** What closes a popover from within, given by the window that was loaded. */
export const PopoverParts = createContext<typeof Popover | null>(null);
