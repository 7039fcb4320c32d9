interface Place {
  may: string[]
  /** Imported as types only. */
  types?: string[]
  /** Nothing of what everyone else may. */
  alone?: boolean
}

/** Whom the files of a place may import beside each other. */
export const places: Record<string, Place> = {
  'src/node': { may: ['src'] },
  'src/copies': { may: ['src/web/caching'] },
  'src/serve': { may: ['src'] },
  'src/cluster': { may: ['src/rules'] },
  'src/metrics': { may: ['src/db', 'src/models/metrics', 'src/services', 'src/vendor-calls', 'src/web/env'] },
  'src/vendor-calls': { may: [], types: ['src/services'] },
  'src/node-app': { may: ['src'] },
  'src/stop': { may: ['src/jobs/runner', 'src/services'] },
  'src/worker': { may: ['src'] },
  'src/app': { may: ['src/routes', 'src/web', 'views/layout', 'views/error'] },
  'src/services': { may: ['src/ports', 'src/db'] },
  'src/routes': { may: ['src/models', 'src/rules', 'src/web', 'src/services', 'views'] },
  'src/web': {
    may: [
      'src/models/account/session',
      'src/models/limit',
      'src/models/write-probe',
      'src/rules',
      'src/services',
      'views/layout',
      'views/error',
      'dist/manifest.json',
    ],
  },
  'src/web/guards': { may: ['src/web', 'src/models', 'src/services'] },
  'src/models': { may: ['src/db', 'src/rules', 'src/services'], types: ['src/ports'] },
  'src/jobs': {
    may: ['src/models', 'src/rules', 'src/ports/mail/emails'],
    types: ['src/services', 'src/ports/mail/mail'],
  },
  'src/config': { may: ['src/rules/purchases/gstin'] },
  'src/db': { may: ['drizzle/meta'] },
  'src/rules': { may: [], alone: true },
  'src/ports/files': { may: [] },
  'src/ports/identity': { may: [] },
  'src/ports/mail': { may: ['src/rules', 'views/mail'] },
  'src/ports/otp': { may: [] },
  'src/ports/payments': { may: [] },
  'src/ports/video': { may: [] },
  'src/browser': { may: ['src/rules', 'src/paths'], alone: true },
  views: { may: ['src/rules'], types: ['src/models', 'src/ports'] },
}

/** What stands alone and anybody may import. */
export const everyone = [
  'check',
  'config',
  'crypto',
  'errors',
  'ids',
  'json',
  'log',
  'paths',
  'redaction',
].map((name) => `src/${name}`)
export const time = 'src/rules/time'

/** Packages that only some places may import. */
export const vendors: Record<string, string[]> = {
  '@mux/mux-node': ['src/ports/video'],
  razorpay: ['src/ports/payments'],
  uploadthing: ['src/ports/files'],
  nodemailer: ['src/ports/mail'],
  mongodb: ['src/ports/otp'],
  arctic: ['src/ports/identity'],
  'prom-client': ['src/metrics.ts', 'src/cluster'],
  oslo: ['src/crypto.ts'],
  uqr: ['views/parts/qr-code.tsx'],
  'node:crypto': ['src/models/account/password.ts'],
  'drizzle-orm': ['src/db', 'src/models'],
  mysql2: ['src/db'],
  hono: [
    'src/app.tsx',
    'src/copies',
    'src/node-app.ts',
    'src/worker.ts',
    'src/web',
    'src/routes',
    'views',
    'src/ports/mail/emails.tsx',
  ],
}

export const areas = ['account', 'admin', 'catalogue', 'learn', 'purchases', 'teach']
/** What else stands beside the areas of a layer, tests apart. */
export const roots: Record<string, string[]> = {
  'src/models': [
    ...['access', 'audit', 'breaker', 'expiry', 'job', 'job-ending', 'job-queue'],
    ...[
      'limit',
      'metrics',
      'quarantine',
      'readiness',
      'sealed-values',
      'stored-file',
      'webhook-event',
      'write-probe',
    ],
  ],
  'src/routes': ['health', 'uploads', 'webhooks'],
  views: ['error', 'layout', 'mail', 'parts'],
}
/** What stands at the top of `src` beside those that everyone may import. */
export const rest = [
  'app',
  'browser',
  'cluster',
  'copies',
  'db',
  'jobs',
  'metrics',
  'models',
  'node',
  'node-app',
  'ports',
  'routes',
  'rules',
  'serve',
  'services',
  'stop',
  'vendor-calls',
  'web',
  'worker',
]
