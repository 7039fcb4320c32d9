export interface Names {
  names: string[]
  port: number
  /** PEM. */
  ca: string
}
export function redirectNames(names: Names): () => void
