import { Hono } from 'hono'
import type { ChapterPlayer } from '../../../views/learn/player'
import { notFound } from '../../errors'
import type { OpenChapter } from '../../models/learn/chapter'
import { paths } from '../../paths'
import { playerLifetime, startAt } from '../../rules/learn/progress'
import type { Services } from '../../services'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'

/** The site's accent on dark, because the controls lie over the video. */
const accentColor = 'oklch(0.8 0.095 195)'

/** Null without a video, or while videos are switched off. */
export async function openPlayer(
  { video }: Pick<Services, 'video'>,
  chapter: OpenChapter,
): Promise<ChapterPlayer | null> {
  if (!chapter.video || !video) return null
  const { playbackId, durationSeconds } = chapter.video
  const lifetimeSeconds = playerLifetime(durationSeconds)
  const startSecond = startAt(chapter.progress.positionSeconds, durationSeconds)
  const element = await video.player({
    playbackId,
    lifetimeSeconds,
    title: chapter.title,
    startSecond,
    accentColor,
  })
  return { ...element, lifetimeSeconds }
}

export const player = new Hono<Env>().get(...on(paths.chapterPlayer), async (c) => {
  c.header('Cache-Control', 'private, no-store')
  const opened = await openPlayer(c.var.services, c.var.chapter)
  if (!opened) throw notFound('video')
  return c.json(opened)
})
