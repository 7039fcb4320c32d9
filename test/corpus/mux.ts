/**
 * Webhooks of Mux in the shapes that its documentation lists, with values of our own:
 * https://www.mux.com/docs/webhook-reference
 */
const at = 1_790_000_000

export const asset = (more: object = {}) => ({
  id: 'corpusAsset0001',
  status: 'ready',
  created_at: at,
  duration: 61.4,
  aspect_ratio: '16:9',
  max_stored_frame_rate: 25,
  resolution_tier: '1080p',
  max_resolution_tier: '1080p',
  video_quality: 'basic',
  ingest_type: 'on_demand_direct_upload',
  upload_id: 'corpusUpload0001',
  passthrough: 'corpus-row',
  meta: { title: 'A lesson', creator_id: 'corpus-instructor', external_id: 'corpus-row' },
  playback_ids: [{ id: 'corpusPlayback01', policy: 'signed' }],
  tracks: [{ id: 'corpusTrack00001', type: 'video', max_width: 1280, max_height: 720 }],
  mp4_support: 'none',
  master_access: 'none',
  progress: { state: 'completed', progress: 100 },
  ...more,
})

export const upload = (status: string, more: object = {}) => ({
  id: 'corpusUpload0001',
  status,
  timeout: 3600,
  cors_origin: 'https://school.example.com',
  asset_id: 'corpusAsset0001',
  new_asset_settings: { passthrough: 'corpus-row', playback_policies: ['signed'] },
  ...more,
})

const track = (status: string) => ({
  id: 'corpusTrack00002',
  asset_id: 'corpusAsset0001',
  type: 'text',
  text_type: 'subtitles',
  text_source: 'generated_vod',
  language_code: 'en',
  name: 'English',
  status,
})

const words = (prefix: string, list: string, data: (word: string) => object): [string, object][] =>
  list.split(' ').map((word) => [`${prefix}.${word}`, data(word)])

const jobs =
  'ask_questions edit_captions find_best_thumbnails find_key_moments find_scenes generate_chapters generate_engagement_insights generate_premium_captions moderate summarize translate_audio translate_captions'

export const understood: [string, object][] = [
  ['video.asset.created', asset({ status: 'preparing', duration: undefined })],
  ['video.asset.ready', asset()],
  ['video.asset.errored', asset({ status: 'errored', errors: { type: 'invalid_input', messages: ['No.'] } })],
  ['video.asset.updated', asset()],
  ['video.asset.deleted', asset()],
  ['video.upload.created', upload('waiting', { asset_id: undefined })],
  ['video.upload.asset_created', upload('asset_created')],
  ['video.upload.cancelled', upload('cancelled')],
  ['video.upload.errored', upload('errored', { error: { type: 'bad', message: 'It broke off.' } })],
]

export const all: [string, object][] = [
  ...understood,
  ...words('video.asset', 'live_stream_completed non_standard_input_detected warning', () => asset()),
  ...words('video.asset.static_renditions', 'preparing ready errored deleted', () => asset()),
  ...words('video.asset.static_rendition', 'created ready errored skipped deleted', (status) => ({
    id: 'corpusRendition1',
    asset_id: 'corpusAsset0001',
    name: 'highest.mp4',
    resolution: 'highest',
    status,
  })),
  ...words('video.asset.master', 'preparing ready errored deleted', (status) =>
    asset({ master: { status } }),
  ),
  ...words('video.asset.track', 'created ready errored deleted', track),
  ...words('video.asset.shots', 'created ready errored skipped deleted', (status) =>
    asset({ shots: { status } }),
  ),
  ...words(
    'video.live_stream',
    'created connected recording active disconnected idle updated enabled disabled deleted warning',
    (status) => ({ id: 'corpusLive000001', status, stream_key: 'corpus', playback_ids: [] }),
  ),
  ...words(
    'video.live_stream.simulcast_target',
    'created idle starting broadcasting errored deleted updated',
    (status) => ({ id: 'corpusTarget0001', live_stream_id: 'corpusLive000001', status }),
  ),
  ['video.delivery.high_traffic', { id: 'corpusTraffic01', data: [], timeframe: [at, at + 60] }],
  ...jobs.split(' ').flatMap((job) =>
    words(`robots.job.${job}`, 'pending processing completed errored cancelled', (status) => ({
      id: 'corpusJob0000001',
      status,
      parameters: { asset_id: 'corpusAsset0001' },
    })),
  ),
  ...words('robots.directive_run', 'created completed partial errored', (status) => ({
    id: 'corpusRun1',
    status,
  })),
]

export const statusesOfAssets = ['preparing', 'ready', 'errored', 'deleted', 'archived']
export const statusesOfUploads = ['waiting', 'asset_created', 'errored', 'cancelled', 'timed_out', 'paused']
