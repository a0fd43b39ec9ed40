/**
 * The card of meter readings: begin, end, difference, and whose they are.
 *
 * @module
 */
import { showDuration, showOffset, showQuantity, showTime, visible } from '../../shared/display.ts'
import { wordFor } from '../../shared/i18n/index.ts'
import type { MeterReading } from '../../shared/model/reading.ts'
import type { SignatureStatus } from '../../shared/model/record.ts'
import type { RegisterSpan, Session } from '../../shared/model/session.ts'
import { useLanguage } from '../language.tsx'
import { SignedMark } from './mark.tsx'
import styles from './readings.module.css'

/** Longer numbers get the whole width. */
const LONG = 16

/** Whether a reading has more digits than fit beside something else. */
export function isLong({ begin, end, energy }: RegisterSpan): boolean {
  const values = [begin?.quantity, end?.quantity, energy]
  return values.some((quantity) => (quantity?.value.length ?? 0) > LONG)
}

export function Readings({ session }: { session: Session }) {
  const { t } = useLanguage()
  const { begin, end, verdict, records } = session
  const others = begin === null && end === null ? records.flatMap(({ readings }) => readings) : []
  const statusOf = (reading: MeterReading) => statusIn(session, reading)
  return (
    <section className="card" aria-labelledby="readings">
      <h2 id="readings">{t('label.readings')}</h2>
      {verdict.signature === 'invalid' && (
        <p className={`${styles['caution']} bad`}>{t('result.unreliable')}</p>
      )}
      {verdict.signature === 'unchecked' && (
        <p className={`${styles['caution']} mute`}>{t('result.unchecked')}</p>
      )}
      {others.length > 0 ? (
        <Loose readings={others} statusOf={statusOf} />
      ) : (
        <Span
          label={t('label.readings')}
          span={session}
          durationS={session.durationS}
          statusOf={statusOf}
        />
      )}
      {session.export !== null && (
        <>
          <h3 className={styles['sub']}>{t('label.export')}</h3>
          <Span
            label={t('label.export')}
            span={session.export}
            durationS={null}
            statusOf={statusOf}
          />
        </>
      )}
      <Identities session={session} />
    </section>
  )
}

/** Status of the signature over a reading; the worst of the session where it cannot be told. */
function statusIn({ records, verdict }: Session, reading: MeterReading): SignatureStatus {
  const same = JSON.stringify(reading)
  const record = records.find(({ readings }) =>
    readings.some((candidate) => JSON.stringify(candidate) === same),
  )
  return record?.signature.status ?? verdict.signature
}

type StatusOf = (reading: MeterReading) => SignatureStatus

interface SpanProps {
  label: string
  span: RegisterSpan
  durationS: Session['durationS']
  statusOf: StatusOf
}

function Span({ label, span, durationS, statusOf }: SpanProps) {
  const { language, t } = useLanguage()
  const { begin, end, energy } = span
  return (
    <table className={styles['table']} aria-label={label} data-long={isLong(span)}>
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">{t('label.reading')}</span>
          </th>
          <th scope="col" className={styles['number']}>
            {t('label.value')}
          </th>
          <th scope="col" className={styles['number']}>
            {t('label.time')}
          </th>
        </tr>
      </thead>
      <tbody>
        <ReadingRow
          label={t('label.begin')}
          reading={begin}
          status={begin && statusOf(begin)}
          register={begin?.registerText !== end?.registerText}
        />
        <ReadingRow
          label={t('label.end')}
          reading={end}
          status={end && statusOf(end)}
          register={begin?.registerText !== end?.registerText}
        />
        <tr className={styles['sum']}>
          <th scope="row">{t('label.difference')}</th>
          <td className={styles['number']}>
            {energy === null ? '–' : showQuantity(language, energy)}
          </td>
          <td className={styles['number']}>
            {durationS === null ? '–' : showDuration(language, durationS)}
          </td>
        </tr>
      </tbody>
    </table>
  )
}

interface RowProps {
  label: string
  reading: MeterReading | null
  status: SignatureStatus | null
  /** Name the register: it is not the same in all rows. */
  register: boolean
}

function ReadingRow({ label, reading, status, register }: RowProps) {
  const { language, t } = useLanguage()
  return (
    <tr>
      <th scope="row">
        <span className={styles['label']}>{label}</span>{' '}
        {status !== null && <SignedMark status={status} />}
      </th>
      <td className={styles['number']}>
        {reading?.quantity == null ? t('label.missing') : showQuantity(language, reading.quantity)}
        {register && reading?.registerText != null && (
          <small>{visible(reading.registerText)}</small>
        )}
      </td>
      <td className={styles['number']}>
        {reading?.time == null ? (
          '–'
        ) : (
          <>
            {showTime(language, reading.time)}
            <small>
              {showOffset(reading.time)} · {wordFor(language, reading.time.sync)}
            </small>
          </>
        )}
      </td>
    </tr>
  )
}

function Loose({ readings, statusOf }: { readings: MeterReading[]; statusOf: StatusOf }) {
  const { t } = useLanguage()
  return (
    <table className={styles['table']} aria-label={t('label.readings')}>
      <tbody>
        {readings.map((reading) => (
          <ReadingRow
            key={reading.path}
            label={t('label.reading')}
            reading={reading}
            status={statusOf(reading)}
            register
          />
        ))}
      </tbody>
    </table>
  )
}

/** What the record says about meter, place and person; all of it signed unless marked. */
function Identities({ session }: { session: Session }) {
  const { t } = useLanguage()
  const { meter, station, evse, user, transaction, records, begin, end } = session
  const signedTransaction = records.some((record) => record.transaction !== null)
  const register = begin?.registerText === end?.registerText ? begin?.registerText : null
  const rows = [
    ['meter', meter, true],
    ['register', register ?? null, true],
    ['station', station === meter ? null : station, true],
    ['evse', evse, true],
    ['user', user, true],
    ['transaction', transaction, signedTransaction],
  ] as const
  return (
    <dl className={styles['identities']}>
      {rows.map(([name, value, signed]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{t(`label.${name}`)}</dt>
            <dd>
              {name === 'user' ? <Masked text={value} /> : <code>{visible(value)}</code>}{' '}
              {!signed && <SignedMark status="unsigned" />}
            </dd>
          </div>
        ),
      )}
    </dl>
  )
}

/** Identification of a person is covered until somebody wants to see it. */
function Masked({ text }: { text: string }) {
  const { t } = useLanguage()
  const shown = visible(text)
  const covered = shown.length <= 6 ? '••••' : `${shown.slice(0, 4)}••••${shown.slice(-2)}`
  return (
    <details className={styles['masked']}>
      <summary>
        <code>{covered}</code> <span className="link small">{t('action.show')}</span>
      </summary>
      <code>{shown}</code>
    </details>
  )
}
