import type { AssetRecord } from './records'

const TILE = { width: 256, height: 144 }
const COLUMNS = 5
const MOST_TILES = 50

export function thumbnailPicture(asset: AssetRecord, seconds: number): string {
  const duration = asset.duration ?? 0
  const at = seconds >= 0 && seconds <= duration ? seconds : duration / 2
  return svg(1280, 720, frame(asset, at, { x: 0, y: 0, width: 1280, height: 720 }))
}

export function storyboardPicture(asset: AssetRecord): string {
  const tiles = tilesOf(asset)
  const rows = Math.ceil(tiles.length / COLUMNS)
  const drawn = tiles.map(({ from, x, y }) => frame(asset, from, { x, y, ...TILE }))
  return svg(COLUMNS * TILE.width, rows * TILE.height, drawn.join(''))
}

export function storyboardCues(asset: AssetRecord, address: string): string {
  const cues = tilesOf(asset).map(
    ({ from, to, x, y }) =>
      `${clock(from, 3)} --> ${clock(to, 3)}\n${address}#xywh=${x},${y},${TILE.width},${TILE.height}\n`,
  )
  return `WEBVTT\n\n${cues.join('\n')}`
}

function tilesOf(asset: AssetRecord) {
  const duration = Math.max(asset.duration ?? 0, 0.1)
  const count = Math.min(MOST_TILES, Math.ceil(duration))
  return Array.from({ length: count }, (_, index) => ({
    from: (duration * index) / count,
    to: (duration * (index + 1)) / count,
    x: (index % COLUMNS) * TILE.width,
    y: Math.floor(index / COLUMNS) * TILE.height,
  }))
}

interface Box {
  x: number
  y: number
  width: number
  height: number
}

function frame(asset: AssetRecord, seconds: number, { x, y, width, height }: Box): string {
  const hue = (Number.parseInt(asset.id.slice(-6), 36) % 360) + seconds
  const title = escaped((asset.settings.meta?.title ?? 'Video').slice(0, 40))
  const progress = asset.duration ? Math.min(1, seconds / asset.duration) : 0
  return `<svg x="${x}" y="${y}" width="${width}" height="${height}" viewBox="0 0 1280 720">
<rect width="1280" height="720" fill="hsl(${hue.toFixed(0)} 45% 24%)"/>
<rect y="690" width="1280" height="30" fill="hsl(${hue.toFixed(0)} 45% 14%)"/>
<rect y="690" width="${(1280 * progress).toFixed(0)}" height="30" fill="hsl(${(hue + 40).toFixed(0)} 70% 60%)"/>
<text x="80" y="540" font-size="56" font-weight="600">${title}</text>
<text x="80" y="620" font-size="44">${clock(seconds, 0)}</text></svg>`
}

function svg(width: number, height: number, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" fill="#fff" font-family="system-ui, sans-serif">${content}</svg>`
}

function clock(seconds: number, decimals: number): string {
  const rest = (seconds % 60).toFixed(decimals).padStart(decimals ? decimals + 3 : 2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return `${[hours, minutes].map((part) => String(part).padStart(2, '0')).join(':')}:${rest}`
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`)
