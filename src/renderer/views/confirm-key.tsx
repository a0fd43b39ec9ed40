/**
 * Is this key the one on the station? Two columns, group by group; nothing is confirmed without
 * the user reading it off the station, and saying where and when.
 *
 * @module
 */
import { useEffect, useId, useMemo, useState } from 'react'
import { visible } from '../../shared/display.ts'
import type { SeenKey } from '../../shared/api.ts'
import type { PublicKeyRef } from '../../shared/model/key.ts'
import type { Session } from '../../shared/model/session.ts'
import { READ_PLACES, type ReadPlace } from '../../shared/model/stored-key.ts'
import { END_GROUPS, ENDS_SEPARATOR, endsOf, typedDigits } from '../../shared/printed-key.ts'
import { useApp } from '../actions.ts'
import { call } from '../api.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Icon } from '../components/icon.tsx'
import { KeyPicture } from '../components/key-picture.tsx'
import {
  type ComparedGroup,
  type PrintedForms,
  compareGroups,
  expectedForm,
  inFours,
  misread,
  today,
  withGroup,
} from '../key-compare.ts'
import { useLanguage } from '../language.tsx'
import styles from './confirm-key.module.css'

type Mode = 'typed' | 'groups' | 'scanned'

export function ConfirmKey({ session }: { session: Session }) {
  const { actions, dispatch } = useApp()
  const { t } = useLanguage()
  const { key } = session.trust
  const [mode, setMode] = useState<Mode>('groups')
  const [typed, setTyped] = useState('')
  const [ends, setEnds] = useState({ first: '', last: '' })
  const [seen, setSeen] = useState<SeenKey | null>(null)
  const [where, setWhere] = useState<ReadPlace>('station-label')
  const [by, setBy] = useState('')
  const [on, setOn] = useState(today)
  const [busy, setBusy] = useState(false)
  const forms = useForms(key)
  const close = () => dispatch({ type: 'dialog', dialog: null })
  if (key === null) return null
  const complete =
    mode === 'scanned'
      ? seen?.fingerprint === key.fingerprint
      : forms !== null && isComplete(mode, typed, ends, forms)
  const ready = complete && by.trim() !== '' && on !== '' && !busy
  const confirm = async () => {
    setBusy(true)
    const texts = {
      typed,
      groups: `${ends.first}${ENDS_SEPARATOR}${ends.last}`,
      scanned: seen?.text ?? '',
    }
    await actions.confirmKey({ how: mode, text: texts[mode], where, by: by.trim(), on })
    setBusy(false)
  }
  return (
    <Dialog
      wide
      title={t('confirm.title')}
      onClose={close}
      dirty={typed.trim() !== '' || ends.first !== '' || ends.last !== '' || seen !== null}
      hint={ready || busy ? null : t(complete ? 'confirm.todo.who' : 'confirm.todo.key')}
      actions={
        <>
          <Button onClick={close}>{t('action.cancel')}</Button>
          <Button
            look="primary"
            icon="key"
            data-action="confirm"
            disabled={!ready}
            onClick={() => void confirm()}
          >
            {t('action.confirm-key')}
          </Button>
        </>
      }
    >
      <p className="muted">{t('confirm.text')}</p>
      <fieldset className={styles['modes']}>
        <legend className="unseen">{t('confirm.how')}</legend>
        {(['groups', 'typed', 'scanned'] as const).map((candidate) => (
          <label key={candidate}>
            <input
              type="radio"
              name="how"
              value={candidate}
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
      {mode === 'scanned' && (
        <>
          <KeyPicture photosOnly onKey={setSeen} />
          {seen !== null && <ScannedComparison point={key.point} seen={seen} same={complete} />}
        </>
      )}
      {forms !== null &&
        mode !== 'scanned' &&
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
          <input
            value={by}
            autoComplete="name"
            required
            onChange={(event) => setBy(event.target.value)}
          />
        </label>
        <label>
          <span>{t('confirm.on')}</span>
          <input type="date" required value={on} onChange={(event) => setOn(event.target.value)} />
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

/** Whole keys side by side, as the photo shows the one and the data hold the other. */
function ScannedComparison({ point, seen, same }: { point: string; seen: SeenKey; same: boolean }) {
  const { t } = useLanguage()
  const groups = compareGroups(typedDigits(seen.pointGroups), point)
  return (
    <div className={styles['columns']} data-scanned={same ? 'same' : 'other'}>
      <section>
        <h3>{t('confirm.in-data')}</h3>
        <Groups groups={groups} side="expected" looked={null} />
      </section>
      <section>
        <h3>{t('confirm.in-photo')}</h3>
        <Groups groups={groups} side="typed" looked={null} />
      </section>
      <p className={styles['outcome']} role="status">
        <span className={same ? 'ok' : 'bad'}>
          <Icon name={same ? 'check' : 'warn'} size={18} />{' '}
          {t(same ? 'confirm.same' : 'confirm.other')}
        </span>
      </p>
    </div>
  )
}

interface TypedProps {
  forms: PrintedForms
  typed: string
  onChange: (text: string) => void
}

function TypedComparison({ forms, typed, onChange }: TypedProps) {
  const { t } = useLanguage()
  const id = useId()
  const [turn, setTurn] = useState(0)
  const digits = typedDigits(typed)
  const expected = expectedForm(digits, forms)
  const groups = compareGroups(digits, expected)
  const wrong = groups.flatMap(({ state }, index) => (state === 'different' ? [index] : []))
  const looked = wrong.length === 0 ? null : (wrong[turn % wrong.length] ?? null)
  return (
    <div className={styles['columns']}>
      <section>
        <h3>{t('confirm.in-data')}</h3>
        <Groups groups={groups} side="expected" looked={looked} />
      </section>
      <section>
        <h3>
          <label htmlFor={id}>{t('confirm.at-station')}</label>
        </h3>
        <textarea
          id={id}
          className={styles['typed']}
          rows={4}
          spellCheck={false}
          autoComplete="off"
          value={typed}
          placeholder="04 3A EE B4 …"
          onChange={(event) => onChange(event.target.value)}
        />
        {digits !== '' && <Groups groups={groups} side="typed" looked={looked} />}
      </section>
      <Outcome
        groups={groups}
        wrong={wrong}
        looked={looked}
        done={digits !== '' && digits === expected}
        left={expected.length - digits.length}
        onNext={() => setTurn(turn + 1)}
        onMend={(index, group) => onChange(inFours(withGroup(digits, index, group)))}
      />
    </div>
  )
}

interface GroupsProps {
  groups: ComparedGroup[]
  side: 'expected' | 'typed'
  /** The differing group that is spoken of. */
  looked: number | null
}

function Groups({ groups, side, looked }: GroupsProps) {
  const { t } = useLanguage()
  return (
    <p className={styles['groups']}>
      {groups.map((group, index) => {
        const text = (side === 'expected' ? group.expected : group.typed).toUpperCase()
        if (group.state === 'different') {
          return (
            <mark key={index} className={index === looked ? styles['looked'] : ''}>
              {text === '' ? '····' : text}
              <span className="unseen"> {t('confirm.differs')}</span>
            </mark>
          )
        }
        return (
          <span key={index} className={group.state === 'same' ? '' : styles['hidden']}>
            {text}{' '}
          </span>
        )
      })}
    </p>
  )
}

interface OutcomeProps {
  groups: ComparedGroup[]
  wrong: number[]
  looked: number | null
  done: boolean
  left: number
  onNext: () => void
  onMend: (index: number, group: string) => void
}

function Outcome({ groups, wrong, looked, done, left, onNext, onMend }: OutcomeProps) {
  const { t } = useLanguage()
  const group = looked === null ? undefined : groups[looked]
  const slip = group === undefined ? null : misread(group)
  return (
    <div className={styles['outcome']}>
      <p role="status">
        {group !== undefined ? (
          <span className="bad">
            <Icon name="warn" size={18} />{' '}
            <span>
              {t('confirm.group', {
                n: String((looked ?? 0) + 1),
                typed: group.typed.toUpperCase(),
                expected: group.expected.toUpperCase(),
              })}{' '}
              {slip !== null && t('confirm.misread', slip)}
            </span>
          </span>
        ) : done ? (
          <span className="ok">
            <Icon name="check" size={18} /> {t('confirm.same')}
          </span>
        ) : (
          <span className="muted">{t('confirm.left', { count: String(Math.max(left, 0)) })}</span>
        )}
      </p>
      {group !== undefined && slip !== null && (
        <Button onClick={() => onMend(looked ?? 0, group.expected)}>{t('confirm.mend')}</Button>
      )}
      {wrong.length > 1 && (
        <Button onClick={onNext}>{t('confirm.next', { count: String(wrong.length) })}</Button>
      )}
    </div>
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
                {hidden ? '····' : text.toUpperCase()}{' '}
              </span>
            )
          })}
        </p>
        <p className="muted small">{t('confirm.hidden')}</p>
      </section>
      <section className={styles['ends']}>
        <h3>{t('confirm.at-station')}</h3>
        <EndField
          end="first"
          label={t('confirm.first', { count: String(END_GROUPS) })}
          value={ends.first}
          expected={expected.first}
          onChange={(first) => onChange({ ...ends, first })}
        />
        <EndField
          end="last"
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
  end,
  label,
  value,
  expected,
  onChange,
}: {
  end: 'first' | 'last'
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
        data-end={end}
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
