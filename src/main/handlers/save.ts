/**
 * Files for the user, in the way of the host.
 *
 * @module
 */
import type { ApiError, SaveOutcome } from '../../shared/api.ts'
import type { HostFace } from '../hosts/host-face.ts'
import { Refusal } from './refusal.ts'

/** @throws Refusal where the file could not be written */
export async function save(
  host: HostFace,
  name: string,
  type: string,
  bytes: Uint8Array,
): Promise<SaveOutcome> {
  try {
    return await host.saveFile(name, type, bytes)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    throw new Refusal(REASONS[code] ?? 'not-saved', code)
  }
}

const REASONS: Record<string, ApiError> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EFBIG: 'disk-full',
  EACCES: 'place-forbidden',
  EPERM: 'place-forbidden',
  EROFS: 'place-forbidden',
}
