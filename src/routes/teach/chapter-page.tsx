import type { Child } from 'hono/jsx'
import {
  ChapterPage,
  type ChapterPageProps,
  ChapterState,
  ChapterUpdates,
} from '../../../views/teach/chapter'
import { VideoPanel } from '../../../views/teach/video'
import { findTeachChapter } from '../../models/teach/chapter'
import { findChapterVideo } from '../../models/teach/video/video'
import type { GuardedContext } from '../../web/guards/found'
import { show } from '../../web/html'

type Options = Omit<ChapterPageProps, 'chapter' | 'children'> & { status?: 422 }

export async function showChapter(
  c: GuardedContext<'ownChapter'>,
  partOf: (props: ChapterPageProps) => Child = stateAndHead,
  { status, ...more }: Options = {},
): Promise<Response> {
  const { services, course, chapter: own } = c.var
  const chapter = await findTeachChapter(services, course, own.id)
  const video = await findChapterVideo(services, own)
  const props = { chapter, ...more }
  return show(c, {
    title: `${chapter.title} · ${chapter.course.title}`,
    status,
    policy: 'player',
    scripts: ['teach.js', 'video-upload.js'],
    page: (
      <ChapterPage {...props}>
        <VideoPanel chapter={chapter} video={video} isOffered={services.video !== null} />
      </ChapterPage>
    ),
    part: partOf(props),
  })
}

const stateAndHead = (props: ChapterPageProps) => (
  <>
    <ChapterState {...props} />
    <ChapterUpdates {...props} />
  </>
)
