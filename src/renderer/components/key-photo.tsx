/**
 * The photo of an imprint that somebody keeps with a key: a reminder, no proof.
 *
 * The window makes it smaller before it hands it over, and with that it also loses where and when
 * the camera says it was taken.
 *
 * @module
 */
import { useEffect, useRef, useState } from 'react'
import { type KeyPhoto, PHOTO_BYTES } from '../../shared/model/stored-key.ts'
import { useApp } from '../actions.ts'
import { call } from '../api.ts'
import { useLanguage } from '../language.tsx'
import { Button } from './button.tsx'
import styles from './key-photo.module.css'

export function KeyPhotoCard({
  id,
  photo,
  writable,
}: {
  id: number
  photo: KeyPhoto | null
  writable: boolean
}) {
  const { actions } = useApp()
  const { t } = useLanguage()
  const input = useRef<HTMLInputElement>(null)
  const address = usePhoto(id, photo)
  const add = async (file: File | undefined) => {
    if (file === undefined) return
    const bytes = await smaller(file)
    if (bytes === null) {
      actions.toast('keys.photo.unreadable', 'bad')
      return
    }
    await actions.guarded(async () => {
      await call('saveKeyPhoto', { id, bytes })
      actions.keysChanged()
      actions.toast('toast.photo-kept', 'ok')
    })
  }
  const remove = () =>
    actions.guarded(async () => {
      await call('removeKeyPhoto', { id })
      actions.keysChanged()
      actions.toast('toast.photo-removed', 'ok')
    })
  return (
    <section className="card stack" aria-labelledby="photo">
      <h2 id="photo">{t('keys.photo')}</h2>
      {address !== null && <img className={styles['photo']} src={address} alt={t('keys.photo')} />}
      <p className="muted small">{t('keys.photo.text')}</p>
      <div className="row">
        <Button icon="upload" disabled={!writable} onClick={() => input.current?.click()}>
          {t('keys.photo.add')}
        </Button>
        {photo !== null && (
          <Button icon="trash" look="danger" disabled={!writable} onClick={() => void remove()}>
            {t('keys.photo.remove')}
          </Button>
        )}
        <input
          ref={input}
          type="file"
          hidden
          tabIndex={-1}
          aria-hidden="true"
          accept="image/*"
          data-input="photo"
          onChange={(event) => {
            const [file] = event.target.files ?? []
            event.target.value = ''
            void add(file)
          }}
        />
      </div>
    </section>
  )
}

/** @returns address of the picture in this window; null until it is there */
function usePhoto(id: number, photo: KeyPhoto | null): string | null {
  const [address, setAddress] = useState<string | null>(null)
  const sha256 = photo?.sha256 ?? null
  useEffect(() => {
    if (sha256 === null) return
    let gone = false
    let made: string | null = null
    void call('keyPhoto', { id }).then(
      ({ type, bytes }) => {
        if (gone) return
        made = URL.createObjectURL(new Blob([bytes.slice()], { type }))
        setAddress(made)
      },
      () => {},
    )
    return () => {
      gone = true
      setAddress(null)
      if (made !== null) URL.revokeObjectURL(made)
    }
  }, [id, sha256])
  return address
}

/** Enough to read the smallest print of a label. */
const EDGES = [1600, 1200, 800]

/** @returns a JPEG of at most {@link PHOTO_BYTES}; null for what is no picture */
async function smaller(file: Blob): Promise<Uint8Array | null> {
  const picture = await createImageBitmap(file).catch(() => null)
  if (picture === null) return null
  try {
    for (const edge of EDGES) {
      const scale = Math.min(1, edge / Math.max(picture.width, picture.height))
      const size = [picture.width, picture.height].map((side) => Math.max(1, side * scale))
      const [width = 1, height = 1] = size
      const canvas = new OffscreenCanvas(width, height)
      canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height)
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 })
      if (blob.size <= PHOTO_BYTES) return new Uint8Array(await blob.arrayBuffer())
    }
    return null
  } finally {
    picture.close()
  }
}
