/**
 * Issuers of signed lists: who they are, what their lists are worth, and what that changed.
 *
 * @module
 */
import { useEffect, useState } from 'react'
import { visible } from '../../shared/display.ts'
import {
  ISSUER_TRUST,
  type Issuer,
  type IssuerTrust,
  type StoreEvent,
} from '../../shared/model/stored-key.ts'
import { useApp } from '../actions.ts'
import { call } from '../api.ts'
import { Button } from '../components/button.tsx'
import { Copyable } from '../components/copyable.tsx'
import { useLanguage } from '../language.tsx'
import styles from './keys.module.css'

export function IssuersPanel({ writable }: { writable: boolean }) {
  const { state, actions } = useApp()
  const { t } = useLanguage()
  const [issuers, setIssuers] = useState<Issuer[]>([])
  const [events, setEvents] = useState<StoreEvent[]>([])
  useEffect(() => {
    void actions.guarded(async () => {
      const [known, happened] = await Promise.all([
        call('issuers', null),
        call('trustEvents', null),
      ])
      setIssuers(known)
      setEvents(happened)
    })
  }, [actions, state.keysVersion])
  return (
    <div className="stack">
      <section className="card stack" aria-labelledby="issuers">
        <h2 id="issuers">{t('issuers.title')}</h2>
        <p className="muted">{t('issuers.lead')}</p>
        {issuers.length === 0 && <p>{t('issuers.none')}</p>}
        <ul className={styles['issuers']}>
          {issuers.map((issuer) => (
            <IssuerLine key={issuer.id} issuer={issuer} writable={writable} />
          ))}
        </ul>
        <AddIssuer writable={writable} />
      </section>
      <OwnKey />
      {events.length > 0 && <Events events={events} />}
    </div>
  )
}

function IssuerLine({ issuer, writable }: { issuer: Issuer; writable: boolean }) {
  const { actions } = useApp()
  const { t } = useLanguage()
  const { id, fingerprint } = issuer
  const name = visible(issuer.name)
  const change = (work: () => Promise<unknown>) =>
    void actions.guarded(async () => {
      await work()
      actions.keysChanged()
    })
  return (
    <li data-issuer={fingerprint}>
      <span>
        <b>{name}</b> <code className="muted small">{fingerprint.slice(7, 23)}</code>
      </span>
      <Worth
        label={t('issuers.worth-of', { name })}
        current={issuer.trust}
        disabled={!writable}
        onChange={(trust) => change(() => call('trustIssuer', { id, trust }))}
      />
      <Button
        icon="trash"
        look="danger"
        bare
        disabled={!writable}
        onClick={() => change(() => call('removeIssuer', { id }))}
      >
        {t('issuers.remove', { name })}
      </Button>
    </li>
  )
}

function Worth({
  label,
  current,
  disabled,
  onChange,
}: {
  label: string
  current: IssuerTrust
  disabled: boolean
  onChange: (trust: IssuerTrust) => void
}) {
  const { t } = useLanguage()
  return (
    <select
      aria-label={label}
      value={current}
      disabled={disabled}
      onChange={(event) => {
        const wanted = ISSUER_TRUST.find((trust) => trust === event.target.value)
        if (wanted !== undefined) onChange(wanted)
      }}
    >
      {ISSUER_TRUST.map((trust) => (
        <option key={trust} value={trust}>
          {t(`issuers.worth.${trust}`)}
        </option>
      ))}
    </select>
  )
}

function AddIssuer({ writable }: { writable: boolean }) {
  const { actions } = useApp()
  const { t } = useLanguage()
  const [name, setName] = useState('')
  const [text, setText] = useState('')
  const [trust, setTrust] = useState<IssuerTrust>('K2')
  const ready = writable && name.trim() !== '' && text.trim() !== ''
  const add = async () => {
    const well = await actions.guarded(
      async () => void (await call('addIssuer', { name: name.trim(), text, trust })),
    )
    if (!well) return
    setName('')
    setText('')
    setTrust('K2')
    actions.keysChanged()
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <div className={styles['fields']}>
        <label>
          <span>{t('issuers.name')}</span>
          <input
            name="issuer-name"
            value={name}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label>
          <span>{t('issuers.key')}</span>
          <input
            name="issuer-key"
            value={text}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <label>
          <span>{t('issuers.worth')}</span>
          <Worth
            label={t('issuers.worth')}
            current={trust}
            disabled={!writable}
            onChange={setTrust}
          />
        </label>
      </div>
      <div className="row">
        <Button type="submit" icon="plus" data-action="add-issuer" disabled={!ready}>
          {t('issuers.add')}
        </Button>
      </div>
    </form>
  )
}

/** Makes a pair of keys; the public one stays in sight until the user goes elsewhere. */
function OwnKey() {
  const { actions } = useApp()
  const { t } = useLanguage()
  const [publicKey, setPublicKey] = useState<string | null>(null)
  const make = () =>
    actions.guarded(async () => {
      const made = await call('newIssuerKey', null)
      // Without its private key a public one is good for nothing.
      if (made.saved.kind === 'cancelled') return
      actions.keep(made.saved)
      setPublicKey(made.publicKey)
    })
  return (
    <section className="card stack" aria-labelledby="own-key">
      <h2 id="own-key">{t('issuers.new.title')}</h2>
      <p className="muted">{t('issuers.new.text')}</p>
      {publicKey !== null && (
        <p data-public-key={publicKey}>
          {t('issuers.key')}: <Copyable text={publicKey} />
        </p>
      )}
      <div className="row">
        <Button icon="key" data-action="new-issuer-key" onClick={() => void make()}>
          {t('issuers.new')}
        </Button>
      </div>
    </section>
  )
}

function Events({ events }: { events: StoreEvent[] }) {
  const { t, language } = useLanguage()
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <section className="card" aria-labelledby="trust-events">
      <h2 id="trust-events">{t('issuers.log')}</h2>
      <ul className={styles['history']}>
        {events.map(({ id, at, action, detail }) => (
          <li key={id}>
            <time dateTime={at}>{date.format(new Date(at))}</time> {t(`event.${action}`)}{' '}
            <small className="muted">{visible(factsOf(detail))}</small>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What an event says in a line: names, dates, trust as it was and is. */
function factsOf(detail: string): string {
  const facts = new Map<string, unknown>(Object.entries(JSON.parse(detail) as object))
  return ['edition', 'issuer', 'trust', 'requiredTrust', 'file']
    .flatMap((name) => {
      const value = facts.get(name)
      if (Array.isArray(value)) return [value.join(' → ')]
      return typeof value === 'string' ? [value] : []
    })
    .join(' · ')
}
