import type { MuxConfig } from '../../config'
import type { Playback, PlayerElement, Video } from './video'

const STREAM = 'https://stream.mux.com'
const IMAGE = 'https://image.mux.com'

/** No user statistics: they would send who watches what to another company, and need more hosts. */
const always = {
  'stream-type': 'on-demand',
  'disable-tracking': '',
  'disable-cookies': '',
  playsinline: '',
}

/** https://www.mux.com/docs/guides/player-api-reference */
export function playerElement(
  config: MuxConfig,
  { playbackId, title, startSecond = 0, accentColor }: Playback,
  tokens: Record<string, string>,
): PlayerElement {
  const attributes = {
    ...always,
    ...source(config, playbackId, tokens),
    ...(title ? { 'video-title': title } : {}),
    ...(accentColor ? { 'accent-color': accentColor } : {}),
    ...(startSecond > 0 ? { 'start-time': String(startSecond) } : {}),
  }
  return { tag: 'mux-player', attributes }
}

/** The player knows Mux's own hosts by playback id; any other host has to be spelt out in full. */
function source(
  config: MuxConfig,
  playbackId: string,
  tokens: Record<string, string>,
): Record<string, string> {
  const {
    'playback-token': video = '',
    'thumbnail-token': thumbnail = '',
    'storyboard-token': storyboard = '',
  } = tokens
  if (!config.MUX_STREAM_BASE && !config.MUX_IMAGE_BASE) {
    return {
      'playback-id': playbackId,
      'playback-token': video,
      'thumbnail-token': thumbnail,
      'storyboard-token': storyboard,
    }
  }
  const image = `${config.MUX_IMAGE_BASE ?? IMAGE}/${playbackId}`
  return {
    src: `${config.MUX_STREAM_BASE ?? STREAM}/${playbackId}.m3u8?token=${video}`,
    poster: `${image}/thumbnail.webp?token=${thumbnail}`,
    'storyboard-src': `${image}/storyboard.vtt?token=${storyboard}`,
  }
}

/** Mux moves its content hosts: https://www.mux.com/docs/core/content-security-policy */
export function videoHosts(config: MuxConfig): Video['hosts'] {
  const mux = 'https://*.mux.com'
  const stream = config.MUX_STREAM_BASE ? [new URL(config.MUX_STREAM_BASE).origin] : [mux]
  const image = config.MUX_IMAGE_BASE ? [new URL(config.MUX_IMAGE_BASE).origin] : [mux]
  const upload = config.MUX_BASE_URL
    ? [new URL(config.MUX_BASE_URL).origin]
    : [mux, 'https://storage.googleapis.com']
  // The storyboard is a text track, which browsers count as media.
  return {
    media: [...new Set([...stream, ...image])],
    image,
    connect: [...new Set([...stream, ...image, ...upload])],
  }
}
