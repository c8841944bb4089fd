export function installPackages(project: string, tell: (line: string) => void): Promise<void>;
export function isInstalled(project: string): boolean;
