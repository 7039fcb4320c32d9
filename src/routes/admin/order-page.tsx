import { OrderPage } from '../../../views/admin/order'
import { OrderVerbs } from '../../../views/admin/order-verbs'
import { newId } from '../../ids'
import { neededConfirmation } from '../../models/account/confirmation'
import { findNextQuestions } from '../../models/admin/open-orders'
import { findOrderRecord } from '../../models/admin/order-record'
import { openOrderLine } from '../../rules/admin/open-order'
import type { FormProblem } from '../../web/forms'
import type { GuardedContext } from '../../web/guards/found'
import { show } from '../../web/html'

export type OrderContext = GuardedContext<'adminOrder'>

/** `problem` names the action of the form that it stands in. */
export async function showOrder(
  c: OrderContext,
  problem?: FormProblem & { action: string },
): Promise<Response> {
  const { services, user, order } = c.var
  const [record, confirmation, next] = await Promise.all([
    findOrderRecord(services, order.id),
    neededConfirmation(services, user),
    findNextQuestions(services, [order.id]),
  ])
  const timeZone = services.config.TIME_ZONE
  const isOpen = record.order.openKey !== null
  const nextAt = next.get(order.id) ?? null
  const props = {
    ...{ record, confirmation, timeZone, formKey: newId() },
    known: isOpen ? openOrderLine({ ...record.order, heardAt: record.heardAt, nextAt }, timeZone) : null,
    problem,
  }
  return show(c, {
    title: `Order of ${record.buyer.name}`,
    status: problem ? 422 : 200,
    page: <OrderPage {...props} />,
    part: <OrderVerbs {...props} />,
  })
}
