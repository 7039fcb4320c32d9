const hour = 3600

/** An upload's address lives a day; who has it may be sending until then. */
const uploadSeconds = 26 * hour
/** No video takes a week to prepare. */
const preparingSeconds = 7 * 24 * hour
/** Opening an upload is one request of seconds, so a row that has no upload after this never gets one. */
const openingSeconds = 10 * 60

/** Seconds until an upload that is `ageSeconds` old is asked about again: half its age, from 2 minutes to an hour. */
export const nextSyncSeconds = (ageSeconds: number): number =>
  Math.min(hour, Math.max(120, Math.round(ageSeconds / 2)))

/** Whether an upload that has come no further than this is not worth waiting for any more. */
export function isExpired(
  upload: { state: 'waiting' | 'preparing'; isOpen: boolean },
  ageSeconds: number,
): boolean {
  if (upload.state === 'preparing') return ageSeconds > preparingSeconds
  return ageSeconds > (upload.isOpen ? uploadSeconds : openingSeconds)
}
