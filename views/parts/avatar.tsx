export interface AvatarProps {
  name: string
  imageUrl: string | null
  large?: boolean
}

/** Always beside the name, so not read aloud. */
export function Avatar({ name, imageUrl, large }: AvatarProps) {
  const size = large ? 72 : 32
  const look = large ? 'avatar avatar-large' : 'avatar'
  if (imageUrl) return <img class={look} src={imageUrl} alt="" width={size} height={size} decoding="async" />
  return (
    <span class={look} aria-hidden="true">
      {initials(name)}
    </span>
  )
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const chosen = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0]]
  return chosen.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('')
}
