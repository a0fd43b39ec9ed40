/**
 * Every field of a record: what it says, where it stands, whether it is signed.
 *
 * @module
 */
import { visible } from '../../shared/display.ts'
import { fieldLabel } from '../../shared/i18n/fields.ts'
import type { DecodedField, RecordResult } from '../../shared/model/record.ts'
import { useLanguage } from '../language.tsx'
import styles from './fields.module.css'
import { SignedMark } from './mark.tsx'

export function RecordFields({
  record,
  index,
  count,
}: {
  record: RecordResult
  index: number
  count: number
}) {
  const { t } = useLanguage()
  const title =
    count === 1
      ? t('data.record')
      : t('data.record-n', { n: String(index + 1), count: String(count) })
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      <p className={styles['origin']}>
        {record.origin.map(({ name }) => visible(name)).join(' › ')}
      </p>
      {record.fields.length === 0 ? (
        <p className="muted">{t('data.none')}</p>
      ) : (
        <div className={styles['scroll']} tabIndex={0} role="group" aria-label={title}>
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col">{t('data.field')}</th>
                <th scope="col">{t('data.value')}</th>
                <th scope="col">{t('data.place')}</th>
                <th scope="col">{t('data.standing')}</th>
              </tr>
            </thead>
            <tbody>
              {record.fields.map((field, row) => (
                <FieldRow key={`${field.name}-${row}`} field={field} record={record} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function FieldRow({ field, record }: { field: DecodedField; record: RecordResult }) {
  const { language, t } = useLanguage()
  const label = fieldLabel(language, record.format, field.name)
  const { range } = field
  return (
    <tr className={field.inherited ? styles['inherited'] : ''}>
      <th scope="row">
        <code>{visible(field.name)}</code>
        {label !== null && <small>{label}</small>}
      </th>
      <td>
        <code>{field.value === '' ? t('data.empty') : visible(field.value)}</code>
        {field.inherited && <small>{t('data.inherited')}</small>}
      </td>
      <td className={styles['place']}>{range === null ? '–' : `${range.from}–${range.to - 1}`}</td>
      <td>
        <SignedMark status={field.signed ? record.signature.status : 'unsigned'} />
      </td>
    </tr>
  )
}
