/**
 * Is this key the one on the station? Two columns, group by group; nothing is confirmed without
 * the user reading it off the station, and saying where and when.
 *
 * @module
 */
import { useEffect, useId, useMemo, useState } from 'react'
import { visible } from '../../shared/display.ts'
import type { PublicKeyRef } from '../../shared/model/key.ts'
import type { Session } from '../../shared/model/session.ts'
import { READ_PLACES, type ReadPlace } from '../../shared/model/stored-key.ts'
import { END_GROUPS, ENDS_SEPARATOR, endsOf, typedDigits } from '../../shared/printed-key.ts'
import { useApp } from '../actions.ts'
import { call } from '../api.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Icon } from '../components/icon.tsx'
import {
  type ComparedGroup,
  type PrintedForms,
  compareGroups,
  expectedForm,
} from '../key-compare.ts'
import { useLanguage } from '../language.tsx'
import styles from './confirm-key.module.css'

type Mode = 'typed' | 'groups'

export function ConfirmKey({ session }: { session: Session }) {
  const { actions, dispatch } = useApp()
  const { t } = useLanguage()
  const { key } = session.trust
  const [mode, setMode] = useState<Mode>('groups')
  const [typed, setTyped] = useState('')
  const [ends, setEnds] = useState({ first: '', last: '' })
  const [where, setWhere] = useState<ReadPlace>('station-label')
  const [by, setBy] = useState('')
  const [on, setOn] = useState(() => new Date().toISOString().slice(0, 10))
  const [busy, setBusy] = useState(false)
  const forms = useForms(key)
  const close = () => dispatch({ type: 'dialog', dialog: null })
  if (key === null) return null
  const complete = forms !== null && isComplete(mode, typed, ends, forms)
  const ready = complete && by.trim() !== '' && on !== '' && !busy
  const confirm = async () => {
    setBusy(true)
    const text = mode === 'typed' ? typed : `${ends.first}${ENDS_SEPARATOR}${ends.last}`
    await actions.confirmKey({ how: mode, text, where, by: by.trim(), on })
    setBusy(false)
  }
  return (
    <Dialog
      wide
      title={t('confirm.title')}
      onClose={close}
      actions={
        <>
          <Button onClick={close}>{t('action.cancel')}</Button>
          <Button look="primary" icon="key" disabled={!ready} onClick={() => void confirm()}>
            {t('action.confirm-key')}
          </Button>
        </>
      }
    >
      <p className="muted">{t('confirm.text')}</p>
      <fieldset className={styles['modes']}>
        <legend className="unseen">{t('confirm.how')}</legend>
        {(['groups', 'typed'] as const).map((candidate) => (
          <label key={candidate}>
            <input
              type="radio"
              name="how"
              checked={mode === candidate}
              onChange={() => setMode(candidate)}
            />
            <span>
              <b>{t(`confirm.how.${candidate}`)}</b>
              <small>{t(`confirm.how.${candidate}.text`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {forms !== null &&
        (mode === 'typed' ? (
          <TypedComparison forms={forms} typed={typed} onChange={setTyped} />
        ) : (
          <EndsComparison forms={forms} ends={ends} onChange={setEnds} />
        ))}
      <div className={styles['facts']}>
        <label>
          <span>{t('confirm.where')}</span>
          <select value={where} onChange={(event) => setWhere(event.target.value as ReadPlace)}>
            {READ_PLACES.map((place) => (
              <option key={place} value={place}>
                {t(`place.${place}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>{t('confirm.by')}</span>
          <input value={by} autoComplete="name" onChange={(event) => setBy(event.target.value)} />
        </label>
        <label>
          <span>{t('confirm.on')}</span>
          <input type="date" value={on} onChange={(event) => setOn(event.target.value)} />
        </label>
      </div>
      <p className="muted small">
        {t('confirm.meter', { meter: visible(session.meter ?? '–') })} · {key.curve}
      </p>
    </Dialog>
  )
}

/** The key of the data in the forms it may be printed in. */
function useForms(key: PublicKeyRef | null): PrintedForms | null {
  const [spki, setSpki] = useState<string | null>(null)
  const point = key?.point ?? ''
  const curve = key?.curve ?? null
  useEffect(() => {
    let gone = false
    void call('readKey', { text: point, hint: curve }).then(
      (readout) => {
        if (!gone && readout.kind === 'key') setSpki(base64ToHex(readout.spkiBase64))
      },
      () => {},
    )
    return () => {
      gone = true
    }
  }, [point, curve])
  return useMemo(() => (spki === null ? null : { point, spki }), [point, spki])
}

function base64ToHex(text: string): string {
  return Array.from(atob(text), (character) =>
    character.charCodeAt(0).toString(16).padStart(2, '0'),
  ).join('')
}

function isComplete(
  mode: Mode,
  typed: string,
  ends: { first: string; last: string },
  forms: PrintedForms,
): boolean {
  if (mode === 'typed') {
    const digits = typedDigits(typed)
    return digits !== '' && digits === expectedForm(digits, forms)
  }
  return [forms.point, forms.point.slice(2), forms.spki].some((form) => {
    const expected = endsOf(form)
    return typedDigits(ends.first) === expected.first && typedDigits(ends.last) === expected.last
  })
}

interface TypedProps {
  forms: PrintedForms
  typed: string
  onChange: (text: string) => void
}

function TypedComparison({ forms, typed, onChange }: TypedProps) {
  const { t } = useLanguage()
  const id = useId()
  const digits = typedDigits(typed)
  const expected = expectedForm(digits, forms)
  const groups = compareGroups(digits, expected)
  const wrong = groups.findIndex(({ state }) => state === 'different')
  return (
    <div className={styles['columns']}>
      <section>
        <h3>{t('confirm.in-data')}</h3>
        <Groups groups={groups} side="expected" />
      </section>
      <section>
        <h3>
          <label htmlFor={id}>{t('confirm.at-station')}</label>
        </h3>
        <textarea
          id={id}
          className={styles['typed']}
          rows={5}
          spellCheck={false}
          value={typed}
          placeholder="04 3A EE B4 …"
          onChange={(event) => onChange(event.target.value)}
        />
        {digits !== '' && <Groups groups={groups} side="typed" />}
      </section>
      <Outcome
        wrong={wrong}
        group={groups[wrong]}
        done={digits !== '' && digits === expected}
        left={expected.length - digits.length}
      />
    </div>
  )
}

function Groups({ groups, side }: { groups: ComparedGroup[]; side: 'expected' | 'typed' }) {
  const { t } = useLanguage()
  return (
    <p className={styles['groups']}>
      {groups.map((group, index) => {
        const text = (side === 'expected' ? group.expected : group.typed).toUpperCase()
        if (group.state === 'different') {
          return (
            <mark key={index}>
              {text === '' ? '····' : text}
              <span className="unseen"> {t('confirm.differs')}</span>
            </mark>
          )
        }
        return (
          <span key={index} className={group.state === 'same' ? styles['same'] : ''}>
            {text}
          </span>
        )
      })}
    </p>
  )
}

function Outcome({
  wrong,
  group,
  done,
  left,
}: {
  wrong: number
  group: ComparedGroup | undefined
  done: boolean
  left: number
}) {
  const { t } = useLanguage()
  return (
    <p className={styles['outcome']} role="status">
      {group !== undefined ? (
        <span className="bad">
          <Icon name="warn" size={18} />{' '}
          {t('confirm.group', {
            n: String(wrong + 1),
            typed: group.typed.toUpperCase(),
            expected: group.expected.toUpperCase(),
          })}
        </span>
      ) : done ? (
        <span className="ok">
          <Icon name="check" size={18} /> {t('confirm.same')}
        </span>
      ) : (
        <span className="muted">{t('confirm.left', { count: String(Math.max(left, 0)) })}</span>
      )}
    </p>
  )
}

interface EndsProps {
  forms: PrintedForms
  ends: { first: string; last: string }
  onChange: (ends: { first: string; last: string }) => void
}

/** Whole key on the left to read along; the first and last groups are typed off the station. */
function EndsComparison({ forms, ends, onChange }: EndsProps) {
  const { t } = useLanguage()
  const digits = typedDigits(ends.first)
  const form = expectedForm(digits, forms)
  const expected = endsOf(form)
  const shown = compareGroups(form, form)
  return (
    <div className={styles['columns']}>
      <section>
        <h3>{t('confirm.in-data')}</h3>
        <p className={styles['groups']}>
          {shown.map(({ expected: text }, index) => {
            const hidden = index < END_GROUPS || index >= shown.length - END_GROUPS
            return (
              <span key={index} className={hidden ? styles['hidden'] : ''}>
                {hidden ? '····' : text.toUpperCase()}
              </span>
            )
          })}
        </p>
        <p className="muted small">{t('confirm.hidden')}</p>
      </section>
      <section className="stack">
        <h3>{t('confirm.at-station')}</h3>
        <EndField
          label={t('confirm.first', { count: String(END_GROUPS) })}
          value={ends.first}
          expected={expected.first}
          onChange={(first) => onChange({ ...ends, first })}
        />
        <EndField
          label={t('confirm.last', { count: String(END_GROUPS) })}
          value={ends.last}
          expected={expected.last}
          onChange={(last) => onChange({ ...ends, last })}
        />
      </section>
    </div>
  )
}

function EndField({
  label,
  value,
  expected,
  onChange,
}: {
  label: string
  value: string
  expected: string
  onChange: (text: string) => void
}) {
  const { t } = useLanguage()
  const digits = typedDigits(value)
  const same = digits === expected
  const wrong = digits !== '' && !expected.startsWith(digits)
  return (
    <label className={styles['end']}>
      <span>{label}</span>
      <input
        value={value}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={wrong}
        onChange={(event) => onChange(event.target.value)}
      />
      <small className={wrong ? 'bad' : same ? 'ok' : 'muted'} role="status">
        {wrong
          ? t('confirm.end.wrong')
          : same
            ? t('confirm.end.same')
            : t('confirm.left', { count: String(Math.max(expected.length - digits.length, 0)) })}
      </small>
    </label>
  )
}
