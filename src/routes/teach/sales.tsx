import { Hono } from 'hono'
import { SalePage, SaleRefund, SalesPage } from '../../../views/teach/sales'
import { newId } from '../../ids'
import { neededConfirmation } from '../../models/account/confirmation'
import { refundOrder } from '../../models/purchases/order-refund'
import { findSale, listOwnSales } from '../../models/teach/sales'
import { paths } from '../../paths'
import { rupees } from '../../rules/format'
import { refundRefusal } from '../../rules/purchases/refund'
import type { Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { on } from '../../web/guards'
import type { GuardedContext } from '../../web/guards/found'
import { changed, show } from '../../web/html'
import { passwordProblem } from '../account/confirm'
import { RefundForm } from '../purchases/fields'

export const sales = new Hono<Env>()
  .get(...on(paths.sales), async (c) => {
    const { services, user } = c.var
    const list = await listOwnSales(services, user.id)
    return show(c, { title: 'Sales', page: <SalesPage sales={list} timeZone={services.config.TIME_ZONE} /> })
  })
  .get(...on(paths.sale), (c) => showSale(c))
  .post(...on(paths.saleRefund), form(RefundForm, showSale), async (c) => {
    const { services, user, order } = c.var
    const { amount, password, ...typed } = c.req.valid('form')
    const values = { reason: typed.reason, amount: amount === 'all' ? '' : String(amount / 100) }
    const problem = await passwordProblem(c, { ...values, password })
    if (problem) return showSale(c, problem)
    const result = await refundOrder(services, user.id, order, { amountPaise: amount, ...typed })
    const to = paths.sale(order.id)
    if (result === 'already') return changed(c, { notice: 'This refund is asked for already.', to })
    if ('refused' in result) return showSale(c, { values, errors: { amount: refundRefusal(result) } })
    return changed(c, { notice: `${rupees(result.amountPaise)} is on its way back to the buyer.`, to })
  })

async function showSale(c: GuardedContext<'ownSale'>, problem?: FormProblem): Promise<Response> {
  const { services, user, order } = c.var
  const [sale, confirmation] = await Promise.all([
    findSale(services, order),
    neededConfirmation(services, user),
  ])
  const props = {
    ...{ sale, confirmation, formKey: newId(), timeZone: services.config.TIME_ZONE },
    problem: problem && { ...problem, action: paths.saleRefund(order.id) },
  }
  return show(c, {
    title: `Sale to ${sale.buyer.name}`,
    status: problem ? 422 : 200,
    page: <SalePage {...props} />,
    part: <SaleRefund {...props} />,
  })
}
