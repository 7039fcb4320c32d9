import { Hono } from 'hono'
import { DisputePage } from '../../../views/admin/dispute'
import { DisputesPage } from '../../../views/admin/disputes'
import { findEvidence, listDisputes } from '../../models/admin/disputes'
import { paths } from '../../paths'
import { refundPromise } from '../../rules/purchases/refund-rule'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'
import { show } from '../../web/html'

export const adminDisputes = new Hono<Env>()
  .get(...on(paths.adminDisputes), async (c) => {
    const { services } = c.var
    const disputes = await listDisputes(services)
    const { TIME_ZONE: timeZone } = services.config
    return show(c, {
      title: 'Disputes',
      page: <DisputesPage {...{ disputes, timeZone }} now={services.now()} />,
    })
  })
  .get(...on(paths.adminDispute), async (c) => {
    const { services, dispute: record } = c.var
    const evidence = await findEvidence(services, record)
    const promise = refundPromise(services.config)
    const { TIME_ZONE: timeZone } = services.config
    return show(c, {
      title: `Dispute ${record.dispute.id}`,
      page: <DisputePage {...{ record, evidence, promise, timeZone }} now={services.now()} />,
    })
  })
