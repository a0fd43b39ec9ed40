/**
 * The proof: the bytes that are signed, the numbers of the signature, the key, every rule with
 * its source. For those who want to check the check.
 *
 * @module
 */
import { type KeyboardEvent, useMemo, useState } from 'react'
import { visible } from '../../shared/display.ts'
import { fromHex, inGroupsOfFour } from '../../shared/hex.ts'
import { sentence } from '../../shared/i18n/index.ts'
import { findingsOf } from '../../shared/i18n/verdict.ts'
import { fieldLabel } from '../../shared/i18n/fields.ts'
import { rowOf } from '../../shared/model/finding.ts'
import type { DecodedField, RecordResult } from '../../shared/model/record.ts'
import type { Session } from '../../shared/model/session.ts'
import { useLanguage } from '../language.tsx'
import { Copyable } from './copyable.tsx'
import { KeyForms } from './key-forms.tsx'
import styles from './proof.module.css'

interface ProofProps {
  record: RecordResult
  index: number
  count: number
  /** The key was shown with the record before. */
  sameKey: boolean
}

export function RecordProof({ record, index, count, sameKey }: ProofProps) {
  const { t } = useLanguage()
  const title = t('data.record-n', { n: String(index + 1), count: String(count) })
  return (
    <>
      {count > 1 && <h2 className={styles['record']}>{title}</h2>}
      <SignedBytes record={record} />
      <SignatureCard record={record} />
      {record.signature.key !== null && !sameKey && <KeyForms keyRef={record.signature.key} />}
    </>
  )
}

/** More bytes than this are not drawn; the report and the export hold all of them. */
const MOST_BYTES = 16 * 1024
const ROW = 16

function SignedBytes({ record }: { record: RecordResult }) {
  const { t, language } = useLanguage()
  /** The field under the pointer, and the one chosen by key, click or list. */
  const [under, setUnder] = useState<number | null>(null)
  const [chosen, setActive] = useState<number | null>(null)
  const active = under ?? chosen
  const bytes = useMemo(() => fromHex(record.signedBytes ?? '') ?? new Uint8Array(), [record])
  const fields = useMemo(() => placed(record.fields), [record])
  const owner = useMemo(() => ownersOf(fields, Math.min(bytes.length, MOST_BYTES)), [fields, bytes])
  const field = active === null ? undefined : fields[active]
  const binary = useMemo(() => isBinary(bytes), [bytes])
  const names = useMemo(() => fields.map(({ name }) => name), [fields])
  const inOrder = useMemo(() => orderOf(fields), [fields])
  const onKey = (event: KeyboardEvent) => {
    const at = chosen === null ? -1 : inOrder.indexOf(chosen)
    const moves: Record<string, number> = {
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      ArrowLeft: Math.max(at, 0) - 1,
      ArrowUp: Math.max(at, 0) - 1,
      Home: 0,
      End: inOrder.length - 1,
    }
    const next = moves[event.key]
    if (next === undefined || inOrder.length === 0) return
    event.preventDefault()
    setUnder(null)
    setActive(inOrder[(next + inOrder.length) % inOrder.length] ?? null)
    const box = event.currentTarget
    requestAnimationFrame(() => {
      box.querySelector('[data-active="true"]')?.scrollIntoView({ block: 'nearest' })
    })
  }
  return (
    <div className="card">
      <h2>{t('proof.bytes')}</h2>
      <p className={styles['hint']}>{t('proof.bytes.hint', { count: String(bytes.length) })}</p>
      <label className={styles['picker']}>
        <span>{t('proof.field')}</span>
        <select
          value={chosen ?? ''}
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
      </label>
      <p className={styles['named']} role="status">
        {field === undefined ? (
          <span className="muted">{t('proof.field.hint')}</span>
        ) : (
          <>
            <b>{fieldLabel(language, record.format, field.name) ?? visible(field.name)}</b>{' '}
            <code className={styles['value']}>{visible(field.value).slice(0, 80)}</code>{' '}
            <span className="muted small">
              {t('proof.range', {
                name: visible(field.name),
                from: String(field.range?.from ?? 0),
                to: String((field.range?.to ?? 1) - 1),
              })}
            </span>
          </>
        )}
      </p>
      <div className={styles['bytes']} onPointerLeave={() => setUnder(null)}>
        <pre
          className={styles['hex']}
          tabIndex={0}
          role="group"
          aria-label={t('proof.hex')}
          onKeyDown={onKey}
        >
          {rowsOf(bytes).map((row) => (
            <ByteRow
              key={row.from}
              row={row}
              cells={cellsOf(row, owner, hexOf, ' ')}
              names={names}
              active={active}
              onUnder={setUnder}
              onActive={setActive}
            />
          ))}
        </pre>
        <pre
          className={binary ? styles['ascii'] : styles['text']}
          tabIndex={0}
          role="group"
          aria-label={t('proof.text')}
          onKeyDown={onKey}
        >
          {binary
            ? rowsOf(bytes).map((row) => (
                <ByteRow
                  key={row.from}
                  row={row}
                  cells={cellsOf(row, owner, asciiOf, '')}
                  names={names}
                  active={active}
                  onUnder={setUnder}
                  onActive={setActive}
                />
              ))
            : runs(bytes.subarray(0, MOST_BYTES), owner).map(({ from, field: index, text }) => (
                <Painted
                  key={from}
                  field={index}
                  names={names}
                  active={active}
                  onUnder={setUnder}
                  onActive={setActive}
                >
                  {text}
                </Painted>
              ))}
        </pre>
      </div>
      {bytes.length > MOST_BYTES && (
        <p className="muted small">
          {t('proof.cut', { count: String(bytes.length - MOST_BYTES) })}
        </p>
      )}
    </div>
  )
}

function placed(fields: readonly DecodedField[]): DecodedField[] {
  return fields.filter(({ range, inherited }) => range !== null && !inherited)
}

/** Indexes of fields in the order of their bytes. */
function orderOf(fields: readonly DecodedField[]): number[] {
  const from = (index: number) => fields[index]?.range?.from ?? 0
  return fields.map((_, index) => index).toSorted((a, b) => from(a) - from(b))
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

interface PaintedProps {
  names: readonly string[]
  active: number | null
  onUnder: (field: number | null) => void
  onActive: (field: number | null) => void
}

/** Bytes of one field, or of what stands between fields (−1). */
function Painted({
  field,
  names,
  active,
  onUnder,
  onActive,
  children,
}: PaintedProps & { field: number; children: string }) {
  if (field < 0) return <span className={styles['between']}>{children}</span>
  return (
    <span
      className={styles[field === active ? 'active' : 'field']}
      data-field={names[field]}
      data-active={field === active}
      // What scrolls under a pointer that rests is not pointed at.
      onPointerMove={({ movementX, movementY }) => {
        if (movementX !== 0 || movementY !== 0) onUnder(field)
      }}
      onClick={() => onActive(field)}
    >
      {children}
    </span>
  )
}

interface Cell {
  from: number
  field: number
  text: string
}

const hexOf = (byte: number) => byte.toString(16).padStart(2, '0')
/** As hex dumps do: what is no visible ASCII is a dot. */
const asciiOf = (byte: number) => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')

/** Bytes of one row, in pieces of one field each. */
function cellsOf(
  row: Row,
  owner: Int16Array,
  show: (byte: number) => string,
  between: string,
): Cell[] {
  const cells: Cell[] = []
  for (const [i, byte] of row.bytes.entries()) {
    const field = owner[row.from + i] ?? -1
    const before = cells.at(-1)
    if (before?.field === field) before.text += `${between}${show(byte)}`
    else cells.push({ from: row.from + i, field, text: show(byte) })
  }
  return cells
}

function ByteRow({ row, cells, ...painted }: { row: Row; cells: Cell[] } & PaintedProps) {
  return (
    <span className={styles['line']}>
      <span className={styles['offset']}>{row.from.toString(16).padStart(4, '0')}</span>
      {cells.map(({ from, field, text }) => (
        <Painted key={from} field={field} {...painted}>
          {text}
        </Painted>
      ))}
    </span>
  )
}

/** Whether bytes are anything but text. */
function isBinary(bytes: Uint8Array): boolean {
  if (bytes.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)) {
    return true
  }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return false
  } catch {
    return true
  }
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
    <div className="card">
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
    </div>
  )
}

/** Every finding with the clause it rests on, notes of conformance included. */
export function Rules({ session }: { session: Session }) {
  const { t, language } = useLanguage()
  const all = findingsOf(session)
  return (
    <section className="card" aria-labelledby="rules">
      <h2 id="rules">{t('proof.rules')}</h2>
      <div className={styles['scroll']} tabIndex={0} role="group" aria-labelledby="rules">
        <table className={styles['rules']} aria-labelledby="rules">
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
