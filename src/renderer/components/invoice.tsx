/**
 * The card of the bill: what it says, what the meter signed, and what lies between.
 *
 * @module
 */
import {
  INVOICE_CHECK,
  OUTCOME_CHECK,
  amountLine,
  billTitle,
  comparisonLine,
  matchWords,
} from '../../shared/i18n/invoice.ts'
import type { CheckStatus } from '../../shared/i18n/verdict.ts'
import { visible } from '../../shared/display.ts'
import type { BilledSession, InvoiceStatus, UnmatchedClaim } from '../../shared/model/invoice.ts'
import type { Session } from '../../shared/model/session.ts'
import { useLanguage } from '../language.tsx'
import { FindingLines } from './finding-list.tsx'
import { Icon, type IconName } from './icon.tsx'
import styles from './invoice.module.css'
import { SignedMark } from './mark.tsx'

const ICON: Record<CheckStatus, IconName> = {
  ok: 'check',
  open: 'question',
  warn: 'warn',
  bad: 'cross',
  unknown: 'dash',
}
const TONE: Record<CheckStatus, string> = {
  ok: 'ok',
  open: 'open',
  warn: 'warn',
  bad: 'bad',
  unknown: 'mute',
}

function Sign({ check, size = 16 }: { check: CheckStatus; size?: number }) {
  return <Icon name={ICON[check]} size={size} className={TONE[check]} />
}

/** The axis of the bill on a badge of its own. */
export function InvoiceBadge({ status }: { status: InvoiceStatus }) {
  const { t } = useLanguage()
  const check = INVOICE_CHECK[status]
  return (
    <span className={`${styles['badge']} ${TONE[check]}`} data-invoice={status}>
      <Sign check={check} size={18} />
      <span>{t(`invoice.status.${status}`)}</span>
    </span>
  )
}

export function InvoiceCard({ session }: { session: Session }) {
  const { t } = useLanguage()
  const { invoice } = session
  if (invoice === null) return null
  return (
    <section className="card" aria-labelledby="invoice">
      <div className={styles['title']}>
        <h2 id="invoice">{t('invoice.title')}</h2>
        <InvoiceBadge status={invoice.status} />
      </div>
      {invoice.bills.map((bill, index) => (
        <Bill key={`${bill.input} ${index}`} bill={bill} />
      ))}
      <div className={styles['notes']}>
        <FindingLines findings={invoice.findings} />
        <p className="muted small">{t('invoice.explain')}</p>
      </div>
    </section>
  )
}

function Bill({ bill }: { bill: BilledSession }) {
  const { t, language } = useLanguage()
  const { claim, rows, amounts, input } = bill
  return (
    <div className={styles['bill']}>
      <h3>
        {billTitle(language, claim)} <SignedMark status="unsigned" />
      </h3>
      <p className="muted small">
        {visible(input)} · {t('invoice.by')}: {matchWords(language, bill)}
      </p>
      {rows.length > 0 && (
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">
                <span className="unseen">{t('invoice.result')}</span>
              </th>
              {(['billed', 'signed', 'difference'] as const).map((name) => (
                <th key={name} scope="col" className={styles['number']}>
                  {t(`invoice.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const line = comparisonLine(language, row)
              return (
                <tr key={row.what} data-row={row.what} data-outcome={row.outcome}>
                  <th scope="row">
                    <Sign check={OUTCOME_CHECK[row.outcome]} /> {line.label}
                  </th>
                  <td className={styles['number']}>{line.billed}</td>
                  <td className={styles['number']}>{line.signed}</td>
                  <td className={styles['number']}>
                    {line.difference}
                    <small>{line.word}</small>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      {amounts.length > 0 && (
        <details className={styles['amounts']}>
          <summary>{t('invoice.amounts')}</summary>
          <table className={styles['table']}>
            <tbody>
              {amounts.map((row, index) => {
                const line = amountLine(language, row, claim.currency)
                return (
                  <tr key={`${row.what} ${index}`} data-outcome={row.outcome}>
                    <th scope="row">
                      <Sign check={OUTCOME_CHECK[row.outcome]} /> {line.label}
                      <small>{line.formula}</small>
                    </th>
                    <td className={styles['number']}>{line.stated}</td>
                    <td className={styles['number']}>
                      {line.computed}
                      <small>{line.word}</small>
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </details>
      )}
      {claim.passage !== null && (
        <p className={styles['passage']}>
          {t('invoice.passage')}: <q>{visible(claim.passage)}</q>
        </p>
      )}
    </div>
  )
}

/** Sessions that were billed and have no record among the inputs. */
export function UnmatchedBills({ unmatched }: { unmatched: readonly UnmatchedClaim[] }) {
  const { t } = useLanguage()
  if (unmatched.length === 0) return null
  return (
    <section className="card" aria-labelledby="unmatched">
      <h2 id="unmatched">{t('invoice.unmatched')}</h2>
      <FindingLines findings={unmatched.flatMap(({ findings }) => findings).slice(0, MOST)} />
    </section>
  )
}

/** Lines of a list that people still read. */
const MOST = 50
