/**
 * One result: verdict first, then what was measured, then every detail for whoever wants it.
 *
 * @module
 */
import { useCallback, useEffect } from 'react'
import type { JobResult } from '../../shared/api.ts'
import { showDecimal, showDuration, visible } from '../../shared/display.ts'
import {
  findingsOf,
  inputSentence,
  neutralOf,
  nextStep,
  plainFindings,
  verdictSentence,
} from '../../shared/i18n/verdict.ts'
import { toKWh } from '../../shared/model/reading.ts'
import type { Origin, RecordResult } from '../../shared/model/record.ts'
import type { Session } from '../../shared/model/session.ts'
import type { InputResult } from '../../shared/model/verdict.ts'
import { useApp } from '../actions.ts'
import { Button } from '../components/button.tsx'
import { CheckList } from '../components/check-list.tsx'
import { Copyable } from '../components/copyable.tsx'
import { RecordFields } from '../components/fields.tsx'
import { FindingLines } from '../components/finding-list.tsx'
import { InvoiceBadge, InvoiceCard } from '../components/invoice.tsx'
import { RecordProof, Rules } from '../components/proof.tsx'
import { Readings, isLong } from '../components/readings.tsx'
import { SaveMenu } from '../components/save-menu.tsx'
import { Tabs } from '../components/tabs.tsx'
import { EnergyFigure, VerdictBanner } from '../components/verdict.tsx'
import { RegisterPlace } from '../components/register.tsx'
import { kept, useLanguage } from '../language.tsx'
import { TABS } from '../state.ts'
import { ConfirmKey } from './confirm-key.tsx'
import styles from './result.module.css'

interface SessionProps {
  result: JobResult
  session: Session
  several: boolean
}

export function SessionView({ result, session, several }: SessionProps) {
  const { state, dispatch } = useApp()
  const { t, language } = useLanguage()
  const { verdict } = session
  return (
    <div className={styles['wrap']}>
      <Crumbs several={several} names={originOf(session)}>
        <SaveMenu job={result.job} session={several ? session.id : null} />
      </Crumbs>
      <VerdictBanner
        state={verdict.state}
        sentence={verdictSentence(language, session)}
        badges={
          session.invoice !== null && (
            <div className={styles['badges']}>
              <InvoiceBadge status={session.invoice.status} />
            </div>
          )
        }
        actions={<BannerActions session={session} />}
        figure={<Figure session={session} />}
      />
      <Tabs
        label={t('result.tabs')}
        tabs={TABS.map((id) => ({ id, title: t(`tab.${id}`) }))}
        current={state.tab}
        onChange={(tab) => dispatch({ type: 'tab', tab })}
      >
        {state.tab === 'result' && <Summary session={session} />}
        {state.tab === 'data' &&
          session.records.map((record, index) => (
            <RecordFields
              key={record.id}
              record={record}
              index={index}
              count={session.records.length}
            />
          ))}
        {state.tab === 'proof' && <Proof session={session} result={result} />}
      </Tabs>
      {state.dialog === 'confirm-key' && <ConfirmKey session={session} />}
    </div>
  )
}

/** Steps on the way to a record that mean something to people; *Daten* names all of them. */
const SHOWN_STEPS: readonly Origin['step'][] = ['file', 'archive', 'mail', 'pdf', 'image']

function originOf({ records, input }: Session): string[] {
  const steps = (records[0]?.origin ?? []).filter(({ step }) => SHOWN_STEPS.includes(step))
  return steps.length === 0 ? [input] : steps.map(({ name }) => name)
}

function Crumbs({
  several,
  names,
  children,
}: {
  several: boolean
  names: string[]
  children: React.ReactNode
}) {
  const { dispatch } = useApp()
  const { t } = useLanguage()
  const back = useCallback(() => {
    dispatch({ type: 'session', session: null })
    dispatch({ type: 'input', name: null })
  }, [dispatch])
  useEffect(() => {
    if (!several) return
    const onKey = (event: KeyboardEvent) => {
      // A dialog or a menu above has its own Escape.
      if (event.key !== 'Escape' || event.defaultPrevented) return
      if (document.querySelector('dialog[open]') === null) back()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [several, back])
  return (
    <div className={styles['crumbs']}>
      <p className={styles['path']}>
        {several && (
          <Button look="quiet" icon="back" onClick={back}>
            {t('action.back')}
          </Button>
        )}
        <span>{names.map(visible).join(' › ')}</span>
      </p>
      <div className="row">
        {children}
        <Button icon="plus" data-action="new" onClick={() => dispatch({ type: 'fresh' })}>
          {t('action.new')}
        </Button>
      </div>
    </div>
  )
}

function BannerActions({ session }: { session: Session }) {
  const { state, dispatch } = useApp()
  const { t } = useLanguage()
  const { verdict, trust } = session
  const open = trust.key !== null && (trust.level === 'K1' || trust.level === 'K2')
  const mayConfirm = open && verdict.signature === 'valid' && state.about?.store === 'writable'
  return (
    <>
      {mayConfirm && (
        <Button
          look="primary"
          icon="key"
          data-action="confirm-key"
          onClick={() => dispatch({ type: 'dialog', dialog: 'confirm-key' })}
        >
          {t('action.confirm-key')}
        </Button>
      )}
      <Button onClick={() => dispatch({ type: 'help', place: 'states' })}>
        {t('action.what')}
      </Button>
    </>
  )
}

function Figure({ session }: { session: Session }) {
  const { t, language } = useLanguage()
  const { energy, durationS, verdict } = session
  const kWh = energy === null ? null : toKWh(energy)
  if (kWh === null) return null
  const duration = durationS === null ? '' : showDuration(language, durationS)
  const notes = {
    valid: duration === '' ? t('figure.measured') : t('figure.measured-in', { duration }),
    invalid: t('label.unreliable'),
    unchecked: t('mark.unchecked'),
  }
  return (
    <EnergyFigure
      value={showDecimal(language, kWh)}
      unit="kWh"
      note={notes[verdict.signature]}
      status={verdict.signature}
    />
  )
}

function Summary({ session }: { session: Session }) {
  const { t, language } = useLanguage()
  const findings = plainFindings(findingsOf(session)).filter(({ severity }) => severity !== 'info')
  const notes = plainFindings(findingsOf(session)).filter(({ severity }) => severity === 'info')
  const next = nextStep(language, session)
  const register = session.trust.key?.register
  return (
    <>
      <div className={styles['cols']} data-long={isLong(session)}>
        <div className={styles['column']}>
          <CheckList session={session} />
          {next !== null && (
            <section className="card" aria-labelledby="next">
              <h2 id="next">{t('result.next')}</h2>
              <p>{kept(next)}</p>
            </section>
          )}
        </div>
        <Readings session={session} />
      </div>
      {register !== undefined && <RegisterPlace words={register} />}
      <InvoiceCard session={session} />
      {findings.length + notes.length > 0 && (
        <section className="card" aria-labelledby="findings">
          <h2 id="findings">{t('label.findings')}</h2>
          <FindingLines findings={[...findings, ...notes]} />
        </section>
      )}
      <p className={styles['notice']}>{t('notice.independent')}</p>
    </>
  )
}

function fingerprintOf(record: RecordResult | undefined): string | undefined {
  return record?.signature.key?.fingerprint
}

function Proof({ session, result }: { session: Session; result: JobResult }) {
  const { t } = useLanguage()
  return (
    <>
      {session.records.map((record, index) => (
        <RecordProof
          key={record.id}
          record={record}
          index={index}
          count={session.records.length}
          sameKey={fingerprintOf(session.records[index - 1]) === fingerprintOf(record)}
        />
      ))}
      <Rules session={session} />
      <section className="card" aria-labelledby="again">
        <h2 id="again">{t('proof.again')}</h2>
        <p className="muted">{t('proof.again.text')}</p>
        <p className="muted">
          {t('policy.required', { trust: t(`report.trust.${result.policy.requiredTrust}`) })}
        </p>
        <p className={styles['command']}>
          <Copyable text={`eichlicht verify ${JSON.stringify(session.input)} --format json`} />
        </p>
        <dl className={styles['inputs']}>
          {result.inputs
            .filter(({ sessions }) => sessions.includes(session.id))
            .map(({ name, bytes, sha256 }) => (
              <div key={name}>
                <dt>{visible(name)}</dt>
                <dd>
                  {t('proof.bytes.count', { count: String(bytes ?? 0) })} · SHA-256{' '}
                  {sha256 !== null && <Copyable text={sha256} />}
                </dd>
              </div>
            ))}
        </dl>
      </section>
    </>
  )
}

const NEXT = { none: 'next.data', file: 'unlock.next', archive: 'unlock.archive' } as const

/** What an archive keeps behind its password has no bytes; only who has it unpacks that. */
function lockOf({ findings, bytes }: InputResult): keyof typeof NEXT {
  if (!findings.some(({ code }) => code === 'IN-ENCRYPTED')) return 'none'
  return bytes === null ? 'archive' : 'file'
}

/** An input in which no session was found. */
export function InputResultView({ result, input, several }: InputProps) {
  const { t, language } = useLanguage()
  const { dispatch } = useApp()
  const { state, name, findings } = input
  const locked = lockOf(input)
  return (
    <div className={styles['wrap']}>
      <Crumbs several={several} names={[name]}>
        {!several && <SaveMenu job={result.job} session={null} />}
      </Crumbs>
      {state === null ? (
        <section className="card">
          <h1 id="verdict" tabIndex={-1}>
            {t(`list.${neutralOf(input)}`)}
          </h1>
          <p className={styles['lead']}>{inputSentence(language, input)}</p>
        </section>
      ) : (
        <VerdictBanner
          state={state}
          sentence={inputSentence(language, input)}
          actions={
            <>
              {locked === 'file' && (
                <Button
                  look="primary"
                  icon="lock"
                  data-action="unlock"
                  onClick={() => dispatch({ type: 'unlock', name })}
                >
                  {t('unlock.action')}
                </Button>
              )}
              <Button onClick={() => dispatch({ type: 'help', place: 'states' })}>
                {t('action.what')}
              </Button>
            </>
          }
        />
      )}
      {state !== null && (
        <section className="card" aria-labelledby="next">
          <h2 id="next">{t('result.next')}</h2>
          <p>{t(NEXT[locked])}</p>
          <p className={styles['more']}>
            <button
              type="button"
              className="link"
              onClick={() => dispatch({ type: 'help', place: 'data' })}
            >
              {t('start.invoice.link')}
            </button>
          </p>
        </section>
      )}
      {findings.length > 0 && (
        <section className="card" aria-labelledby="findings">
          <h2 id="findings">{t('label.findings')}</h2>
          <FindingLines findings={findings} />
        </section>
      )}
      <p className={styles['notice']}>{t('notice.independent')}</p>
    </div>
  )
}

interface InputProps {
  result: JobResult
  input: InputResult
  several: boolean
}
