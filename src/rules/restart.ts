const firstMs = 100
const longestMs = 30_000

/** How long to wait before a process that died is replaced, after so many deaths of late. */
export const restartGapMs = (deaths: number): number => Math.min(firstMs * 2 ** (deaths - 1), longestMs)
