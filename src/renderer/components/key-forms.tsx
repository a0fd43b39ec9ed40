/**
 * A public key in the encodings people meet it in.
 *
 * @module
 */
import { useEffect, useState } from 'react'
import type { KeyReadout } from '../../shared/api.ts'
import { inGroupsOfFour } from '../../shared/hex.ts'
import type { PublicKeyRef } from '../../shared/model/key.ts'
import { call } from '../api.ts'
import { useLanguage } from '../language.tsx'
import { Copyable } from './copyable.tsx'
import styles from './proof.module.css'

export function KeyForms({
  keyRef,
}: {
  keyRef: Pick<PublicKeyRef, 'point' | 'curve' | 'fingerprint'>
}) {
  const { t } = useLanguage()
  const { point, curve, fingerprint } = keyRef
  const [forms, setForms] = useState<KeyReadout | null>(null)
  useEffect(() => {
    let gone = false
    void call('readKey', { text: point, hint: curve }).then(
      (readout) => {
        if (!gone) setForms(readout)
      },
      () => {},
    )
    return () => {
      gone = true
    }
  }, [point, curve])
  const rows: [string, string, string][] = [
    [t('key.point'), point, inGroupsOfFour(point)],
    ...(forms?.kind === 'key'
      ? ([
          [t('key.spki'), forms.spkiBase64, forms.spkiBase64],
          ...(forms.base32 === null
            ? []
            : [[t('key.base32'), forms.base32, forms.base32.replace(/(.{4})(?=.)/g, '$1 ')]]),
        ] as [string, string, string][])
      : []),
    [t('key.fingerprint'), fingerprint, fingerprint],
  ]
  return (
    <div className="card" data-forms={forms === null ? 'waiting' : 'ready'}>
      <h2>
        {t('check.key')} <span className="muted small">{curve}</span>
      </h2>
      <dl className={styles['facts']}>
        {rows.map(([name, text, shown]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Copyable text={text} shown={shown} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
