/** Findings about files that hold other files, in English. */
import type { CarrierCode } from '../../model/findings-carrier.ts'

export const carrier: Record<CarrierCode, string> = {
  'IN-MEMBERS': 'The file holds other files ({count}); each has a row of its own.',
  'IN-NESTED': 'More than {depth} archives are packed into each other; this one was not opened.',
  'IN-ENCRYPTED': 'The file is protected with a password.',
  'IN-ARCHIVE': 'The archive, or the file in it, cannot be read: {@reason}.',
  'IN-LINK':
    'The archive holds links or devices instead of files ({count}); they were left out: {names}',
}

export const carrierWords = {
  'archive.damaged': 'the data are damaged',
  'archive.truncated': 'the end is missing, a download may have broken off',
  'archive.overlap': 'several entries use the same data, as in archives that are meant to do harm',
  'archive.method': 'the packing method is not known',
  'archive.checksum': 'the checksum does not fit the content',
  'limit.ratio': 'packing ratio 100 to 1',
  'limit.members-1000': '1000 files inside',
}
