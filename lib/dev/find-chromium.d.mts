export type Chromium = { executablePath: string; args: string[]; env: Record<string, string>; from: string };
export function findChromium(): Promise<Chromium>;
