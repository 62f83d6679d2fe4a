export function sleep(ms: number): Promise<void>;
export function isAlive(pid: number): boolean;
export function waitForExit(pid: number, ms: number): Promise<boolean>;
export function commandOf(pid: number): string;
export function startOf(pid: number): string;
