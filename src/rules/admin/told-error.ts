/** What an error that was kept says first, and what caused it; one of ours needs no class before its sentence. */
export function readError(kept: string): { said: string; causes: string[] } {
  const [said = '', ...causes] = kept.replace(/^AppError \[\w+\]: /, '').split(' < ')
  return { said, causes }
}
