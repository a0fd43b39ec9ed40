/** @returns path of Electron's program; null where it is not on this machine */
export function electronProgram(): string | null
