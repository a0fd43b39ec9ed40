/**
 * The card of meter readings: begin, end, difference, and whose they are.
 *
 * @module
 */
import { showDuration, showOffset, showQuantity, showTime, visible } from '../../shared/display.ts'
import { wordFor } from '../../shared/i18n/index.ts'
import type { MeterReading } from '../../shared/model/reading.ts'
import type { RegisterSpan, Session } from '../../shared/model/session.ts'
import { useLanguage } from '../language.tsx'
import { SignedMark } from './mark.tsx'
import styles from './readings.module.css'

export function Readings({ session }: { session: Session }) {
  const { t } = useLanguage()
  const { begin, end, verdict, records } = session
  const others = begin === null && end === null ? records.flatMap(({ readings }) => readings) : []
  return (
    <section className="card" aria-labelledby="readings">
      <h2 id="readings">{t('label.readings')}</h2>
      {verdict.signature !== 'valid' && (
        <p className={`${styles['caution']} bad`}>{t('result.unreliable')}</p>
      )}
      {others.length > 0 ? (
        <Loose readings={others} />
      ) : (
        <Span span={session} durationS={session.durationS} />
      )}
      {session.export !== null && (
        <>
          <h3 className={styles['sub']}>{t('label.export')}</h3>
          <Span span={session.export} durationS={null} />
        </>
      )}
      <Identities session={session} />
    </section>
  )
}

function Span({ span, durationS }: { span: RegisterSpan; durationS: Session['durationS'] }) {
  const { language, t } = useLanguage()
  const { begin, end, energy } = span
  return (
    <table className={styles['table']}>
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
        <ReadingRow label={t('label.begin')} reading={begin} />
        <ReadingRow label={t('label.end')} reading={end} />
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

function ReadingRow({ label, reading }: { label: string; reading: MeterReading | null }) {
  const { language, t } = useLanguage()
  return (
    <tr>
      <th scope="row">
        {label} {reading !== null && <SignedMark signed />}
      </th>
      <td className={styles['number']}>
        {reading?.quantity == null ? t('label.missing') : showQuantity(language, reading.quantity)}
        {reading?.registerText != null && <small>{visible(reading.registerText)}</small>}
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

function Loose({ readings }: { readings: MeterReading[] }) {
  const { t } = useLanguage()
  return (
    <table className={styles['table']}>
      <tbody>
        {readings.map((reading) => (
          <ReadingRow key={reading.path} label={t('label.reading')} reading={reading} />
        ))}
      </tbody>
    </table>
  )
}

/** What the record says about meter, place and person; all of it signed unless marked. */
function Identities({ session }: { session: Session }) {
  const { t } = useLanguage()
  const { meter, station, evse, user, transaction, records } = session
  const signedTransaction = records.some((record) => record.transaction !== null)
  const rows = [
    ['meter', meter, true],
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
              {!signed && <SignedMark signed={false} />}
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
