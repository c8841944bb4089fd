/** How a face comes to be; in the address bar while its dialog is open. */
export const ways = ["own", "compose", "card"] as const;
export type Way = (typeof ways)[number];
