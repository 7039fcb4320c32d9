import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readConfig } from '../src/config'
import { databaseAddress } from '../src/db/address'
import { connect } from '../src/db/connect'
import { reconcileMoney } from '../src/models/purchases/reconciliation'
import { compareVideos, repairVideo } from '../src/models/teach/video/reconcile'
import { count } from '../src/rules/format'
import { areTooMany } from '../src/rules/teach/video-orphans'
import { openServices, type Services } from '../src/services'
import { chooseEnvironment } from './environment'
import { explained } from './reason'

const usage = `Usage: npm run reconcile -- videos               repairs what it finds
       npm run reconcile -- videos --list        only lists it
       npm run reconcile -- videos --yes         also deletes more videos than get lost by themselves
       npm run reconcile -- payments --since 2026-11-01     records what Razorpay knows and we do not
       npm run reconcile -- payments --since 2026-11-01 --list`

type Parts = Pick<Services, 'db' | 'video' | 'payments' | 'now' | 'config'>
type Print = (line: string) => void

/** Repairs unless `--list` is given; each database needs a Mux environment of its own. */
export async function reconcile(args: string[], services: Parts, print: Print): Promise<void> {
  const { isListed, isSure, since, words } = readArguments(args)
  const [what = 'videos', ...more] = words
  if (more.length > 0 || (isListed && isSure)) throw new Error(usage)
  if (what === 'payments' && since && !isSure) return listPayments(services, since, isListed, print)
  if (what !== 'videos' || since) throw new Error(usage)
  return repairVideos(services, { isListed, isSure, print })
}

function readArguments(args: string[]) {
  const rest = args.filter((word) => word !== '--list' && word !== '--yes')
  const place = rest.indexOf('--since')
  const since = place < 0 ? null : dayOf(rest[place + 1])
  const words = place < 0 ? rest : rest.toSpliced(place, 2)
  return { isListed: args.includes('--list'), isSure: args.includes('--yes'), since, words }
}

/** From when that day begins anywhere on earth. */
function dayOf(text = ''): Date {
  const day = new Date(`${text}T00:00:00+14:00`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(day.getTime())) throw new Error(usage)
  return day
}

interface Wish {
  isListed: boolean
  /** Whoever asked has seen the list. */
  isSure: boolean
  print: Print
}

async function repairVideos(services: Parts, { isListed, isSure, print }: Wish): Promise<void> {
  const { findings, ours, waiting } = await compareVideos(services)
  const orphans = findings.filter(({ kind }) => kind === 'orphan').length
  const isRefused = !isListed && !isSure && areTooMany(orphans, ours)
  for (const finding of findings) {
    const done = isListed || isRefused ? '' : `: ${await repairVideo(services, finding)}`
    print(`${finding.kind} ${finding.assetId}: ${finding.text}${done}`)
  }
  if (waiting > 0) print(`${count(waiting, 'video waits', 'videos wait')} to be deleted already.`)
  if (isRefused) throw new Error(tooMany(orphans, ours))
  if (findings.length === 0) print('Every video has its chapter, and every chapter its video.')
  else print(`${findings.length} found${isListed ? '; nothing was changed.' : ' and repaired.'}`)
}

const tooMany = (orphans: number, ours: number) =>
  `No chapter plays ${orphans} of the ${count(ours, 'video')} of this site, and that is more than gets lost by itself. Is this database older than its videos, or the wrong one? Nothing was changed. Where it is right: npm run reconcile -- videos --yes`

async function listPayments(services: Parts, since: Date, isListed: boolean, print: Print): Promise<void> {
  const { checked, recorded, problems } = await reconcileMoney(services, since, isListed)
  for (const line of recorded) print(`Recorded: ${line}`)
  for (const line of problems) print(`${isListed ? 'Found' : 'Look at this'}: ${line}`)
  const { payments, refunds, disputes } = checked
  print(`${payments} payments, ${refunds} refunds and ${disputes} disputes compared with Razorpay.`)
  if (problems.length === 0) print('Every rupee is accounted for.')
  else print(`${problems.length} found${isListed ? '; nothing was changed.' : ' that need a person.'}`)
}

async function main(): Promise<void> {
  const config = readConfig(chooseEnvironment(process.env, '.data/dev/environment.json'))
  const connection = connect({ ...databaseAddress(config), connectionLimit: 2 })
  try {
    await reconcile(process.argv.slice(2), openServices(config, connection.db), console.log)
  } finally {
    await connection.close()
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main().catch((error) => {
    console.error(explained(error))
    process.exitCode = 1
  })
}
