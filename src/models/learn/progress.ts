import { userProgress } from '../../db/schema'
import { newId } from '../../ids'
import { keptPosition } from '../../rules/learn/progress'
import type { DbNow } from '../../services'
import type { OpenChapter } from './chapter'

export const setCompleted = (
  services: DbNow,
  userId: string,
  chapter: OpenChapter,
  isCompleted: boolean,
): Promise<void> => saveProgress(services, userId, chapter.id, { isCompleted })

export const savePosition = (
  services: DbNow,
  userId: string,
  chapter: OpenChapter,
  seconds: number,
): Promise<void> =>
  saveProgress(services, userId, chapter.id, {
    positionSeconds: keptPosition(seconds, chapter.video?.durationSeconds ?? null),
  })

async function saveProgress(
  services: DbNow,
  userId: string,
  chapterId: string,
  change: { isCompleted: boolean } | { positionSeconds: number },
): Promise<void> {
  const updatedAt = services.now()
  await services.db
    .insert(userProgress)
    .values({ id: newId(), userId, chapterId, ...change, createdAt: updatedAt, updatedAt })
    .onDuplicateKeyUpdate({ set: { ...change, updatedAt } })
}
