import { Hono } from 'hono'
import { PapersPage } from '../../../views/purchases/papers'
import { notFound } from '../../errors'
import { findPapers } from '../../models/purchases/paper'
import { paths } from '../../paths'
import { paperTitle } from '../../rules/purchases/paper'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'
import { show } from '../../web/html'

export const papers = new Hono<Env>().get(...on(paths.purchasePapers), async (c) => {
  const { services, order } = c.var
  const found = await findPapers(services, order.id)
  if (!found) throw notFound('receipt')
  const { paper } = found
  return show(c, {
    title: `${paperTitle(paper)} ${paper.number}`,
    page: <PapersPage papers={found} order={order} />,
  })
})
