import { type Result, runSuite } from './suite'

/** Neither Debian nor npm brings a server that speaks MongoDB's protocol, so one has to be named. */
export async function mongodb(): Promise<Result> {
  const uri = process.env.TEST_MONGODB_URI
  if (!uri)
    return {
      end: 'not had',
      words: 'No server of MongoDB could be had here: TEST_MONGODB_URI=mongodb://host/database names one',
    }
  return runSuite(['--project', 'app', 'src/ports/otp'], { TEST_MONGODB_URI: uri })
}
