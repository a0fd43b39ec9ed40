/**
 * The proof: the bytes that are signed, the numbers of the signature, the key, every rule with
 * its source. For those who want to check the check.
 *
 * @module
 */
import { useMemo, useState } from 'react'
import { visible } from '../../shared/display.ts'
import { fromHex, inGroupsOfFour } from '../../shared/hex.ts'
import { sentence } from '../../shared/i18n/index.ts'
import { fieldLabel } from '../../shared/i18n/fields.ts'
import { type Finding, bySeverity, rowOf } from '../../shared/model/finding.ts'
import type { DecodedField, RecordResult } from '../../shared/model/record.ts'
import type { Session } from '../../shared/model/session.ts'
import { useLanguage } from '../language.tsx'
import { Copyable } from './copyable.tsx'
import { KeyForms } from './key-forms.tsx'
import styles from './proof.module.css'

export function RecordProof({ record }: { record: RecordResult }) {
  return (
    <>
      <SignedBytes record={record} />
      <SignatureCard record={record} />
      {record.signature.key !== null && <KeyForms keyRef={record.signature.key} />}
    </>
  )
}

/** More bytes than this are not drawn; the report and the export hold all of them. */
const MOST_BYTES = 16 * 1024
const ROW = 16

function SignedBytes({ record }: { record: RecordResult }) {
  const { t, language } = useLanguage()
  const [active, setActive] = useState<number | null>(null)
  const bytes = useMemo(() => fromHex(record.signedBytes ?? '') ?? new Uint8Array(), [record])
  const fields = useMemo(() => placed(record.fields), [record])
  const owner = useMemo(() => ownersOf(fields, Math.min(bytes.length, MOST_BYTES)), [fields, bytes])
  const field = active === null ? undefined : fields[active]
  return (
    <section className="card" aria-labelledby={`bytes-${record.id}`}>
      <h2 id={`bytes-${record.id}`}>{t('proof.bytes')}</h2>
      <p className={styles['hint']}>{t('proof.bytes.hint', { count: String(bytes.length) })}</p>
      <label className={styles['picker']}>
        <span>{t('proof.field')}</span>
        <select
          value={active ?? ''}
          onChange={(event) =>
            setActive(event.target.value === '' ? null : Number(event.target.value))
          }
        >
          <option value="">{t('proof.field.none')}</option>
          {fields.map(({ name }, index) => (
            <option key={`${name}-${index}`} value={index}>
              {name} {fieldLabel(language, record.format, name) ?? ''}
            </option>
          ))}
        </select>
        {field !== undefined && (
          <code className={styles['value']}>{visible(field.value).slice(0, 80)}</code>
        )}
      </label>
      <div className={styles['bytes']} onPointerLeave={() => setActive(null)}>
        <pre className={styles['hex']} tabIndex={0} aria-label={t('proof.hex')}>
          {rowsOf(bytes).map((row, index) => (
            <HexRow
              key={row.from}
              row={row}
              owner={owner}
              active={active}
              onActive={setActive}
              last={index * ROW + ROW >= MOST_BYTES}
            />
          ))}
        </pre>
        <pre className={styles['text']} tabIndex={0} aria-label={t('proof.text')}>
          {runs(bytes.subarray(0, MOST_BYTES), owner).map((run) => (
            <Run key={run.from} run={run} active={active} onActive={setActive} />
          ))}
        </pre>
      </div>
      {bytes.length > MOST_BYTES && (
        <p className="muted small">
          {t('proof.cut', { count: String(bytes.length - MOST_BYTES) })}
        </p>
      )}
    </section>
  )
}

function placed(fields: readonly DecodedField[]): DecodedField[] {
  return fields.filter(({ range, inherited }) => range !== null && !inherited)
}

/** Index of the field each byte belongs to; −1 for none. The smallest field wins. */
function ownersOf(fields: readonly DecodedField[], length: number): Int16Array {
  const owner = new Int16Array(length).fill(-1)
  const bySize = fields
    .map((field, index) => ({ index, from: field.range?.from ?? 0, to: field.range?.to ?? 0 }))
    .toSorted((a, b) => b.to - b.from - (a.to - a.from))
  for (const { index, from, to } of bySize) owner.fill(index, from, Math.min(to, length))
  return owner
}

interface Row {
  from: number
  bytes: Uint8Array
}

function rowsOf(bytes: Uint8Array): Row[] {
  const rows: Row[] = []
  for (let from = 0; from < Math.min(bytes.length, MOST_BYTES); from += ROW) {
    rows.push({ from, bytes: bytes.subarray(from, from + ROW) })
  }
  return rows
}

interface Painted {
  owner: Int16Array
  active: number | null
  onActive: (field: number | null) => void
}

function HexRow({ row, owner, active, onActive }: { row: Row; last: boolean } & Painted) {
  const cells: { from: number; field: number; text: string }[] = []
  for (const [i, byte] of row.bytes.entries()) {
    const field = owner[row.from + i] ?? -1
    const text = byte.toString(16).padStart(2, '0')
    const before = cells.at(-1)
    if (before !== undefined && before.field === field) before.text += ` ${text}`
    else cells.push({ from: row.from + i, field, text })
  }
  return (
    <span className={styles['line']}>
      <span className={styles['offset']}>{row.from.toString(16).padStart(4, '0')}</span>
      {cells.map(({ from, field, text }) => (
        <span
          key={from}
          className={
            field >= 0 && field === active
              ? styles['active']
              : field >= 0
                ? styles['field']
                : styles['between']
          }
          onPointerEnter={() => onActive(field < 0 ? null : field)}
        >
          {text}
        </span>
      ))}
    </span>
  )
}

interface TextRun {
  from: number
  field: number
  text: string
}

/** Text in runs of one field each; the bytes of a character may not be parted. */
function runs(bytes: Uint8Array, owner: Int16Array): TextRun[] {
  const decoder = new TextDecoder()
  const found: TextRun[] = []
  let from = 0
  for (let at = 1; at <= bytes.length; at++) {
    if (at < bytes.length && owner[at] === owner[from]) continue
    found.push({
      from,
      field: owner[from] ?? -1,
      text: visible(decoder.decode(bytes.subarray(from, at))),
    })
    from = at
  }
  return found
}

function Run({ run, active, onActive }: { run: TextRun } & Omit<Painted, 'owner'>) {
  const { field, text } = run
  return (
    <span
      className={
        field >= 0 && field === active
          ? styles['active']
          : field >= 0
            ? styles['field']
            : styles['between']
      }
      onPointerEnter={() => onActive(field < 0 ? null : field)}
    >
      {text}
    </span>
  )
}

function SignatureCard({ record }: { record: RecordResult }) {
  const { t } = useLanguage()
  const { signature } = record
  const rows: [string, string | null][] = [
    [t('proof.declared'), signature.declared ?? t('proof.declared.none')],
    [t('proof.used'), signature.algorithm],
    [t('proof.curve'), signature.curve],
    [t('proof.hash'), signature.hash],
    [t('proof.digest'), signature.digest],
    ['r', signature.r],
    ['s', signature.s],
    [t('proof.engines'), signature.engines.length === 0 ? null : signature.engines.join(', ')],
    [t('proof.key'), signature.key?.fingerprint ?? null],
  ]
  return (
    <section className="card" aria-label={t('check.signature')}>
      <h2>
        {t('check.signature')}: {t(`proof.status.${signature.status}`)}
      </h2>
      <dl className={styles['facts']}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value === null ? (
                <span className="muted">–</span>
              ) : (
                <Copyable
                  text={value}
                  shown={/^[0-9a-f]{24,}$/.test(value) ? inGroupsOfFour(value) : visible(value)}
                />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Every finding with the clause it rests on, notes of conformance included. */
export function Rules({ session }: { session: Session }) {
  const { t, language } = useLanguage()
  const all: Finding[] = [
    ...session.findings,
    ...session.records.flatMap(({ findings }) => findings),
  ].toSorted(bySeverity)
  return (
    <section className="card" aria-labelledby="rules">
      <h2 id="rules">{t('proof.rules')}</h2>
      <div className={styles['scroll']} tabIndex={0} role="region" aria-labelledby="rules">
        <table className={styles['rules']}>
          <thead>
            <tr>
              <th scope="col">{t('proof.code')}</th>
              <th scope="col">{t('proof.weight')}</th>
              <th scope="col">{t('proof.finding')}</th>
              <th scope="col">{t('proof.place')}</th>
              <th scope="col">{t('proof.source')}</th>
            </tr>
          </thead>
          <tbody>
            {all.map((found, index) => (
              <tr key={`${found.code}-${index}`}>
                <td>
                  <code>{found.code}</code>
                </td>
                <td>{t(`label.severity.${found.severity}`)}</td>
                <td>{visible(sentence(language, found))}</td>
                <td>
                  <code>{found.path === null ? '–' : visible(found.path)}</code>
                </td>
                <td className="muted">{rowOf(found.code).source}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
