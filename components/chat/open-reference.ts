import { createContext } from "react";

/** What a numbered reference in a text opens; null where there are none. */
export const OpenReference = createContext<((number: number) => void) | null>(null);
