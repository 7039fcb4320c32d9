import type { Playable } from '../../../views/learn/player'
import type { OpenLesson } from '../../models/learn/chapter'
import { playerLifetime, startAt } from '../../rules/learn/progress'
import type { Services } from '../../services'

/** The player's accent is the site's for dark surroundings, because its bars lie over the picture. */
const accent = 'oklch(0.8 0.095 195)'

/** Permission to play a lesson that has been opened, minted anew each time; null without a video, or while videos are switched off. */
export async function playable(
  services: Pick<Services, 'video'>,
  lesson: OpenLesson,
): Promise<Playable | null> {
  if (!lesson.video || !services.video) return null
  const { playbackId, durationSeconds } = lesson.video
  const lifetimeSeconds = playerLifetime(durationSeconds)
  const start = startAt(lesson.progress.positionSeconds, durationSeconds)
  return {
    lifetimeSeconds,
    attributes: {
      ...(await services.video.player(playbackId, lifetimeSeconds)),
      'stream-type': 'on-demand',
      'video-title': lesson.title,
      'accent-color': accent,
      playsinline: '',
      ...(start > 0 ? { 'start-time': String(start) } : {}),
    },
  }
}
