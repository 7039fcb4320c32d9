import { duration } from '../../src/rules/format'

/** A length such as "4 min 20 s", which machines can read too. */
export function Duration({ seconds }: { seconds: number }) {
  return <time datetime={`PT${Math.round(seconds)}S`}>{duration(seconds)}</time>
}
