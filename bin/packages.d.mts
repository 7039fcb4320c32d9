export const root: string
export function prepare(): Promise<void>
export function reasonToInstall(folder: string): string | undefined
