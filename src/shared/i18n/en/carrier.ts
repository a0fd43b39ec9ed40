/** Findings about files that hold other files, in English. */
import type { CarrierCode } from '../../model/findings-carrier.ts'

export const carrier: Record<CarrierCode, string> = {
  'IN-MEMBERS': 'The file holds other files ({count}); each has a row of its own.',
  'IN-NESTED': 'More than {depth} archives are packed into each other; this one was not opened.',
  'IN-ENCRYPTED': 'The file is protected with a password.',
  'IN-ARCHIVE': 'The archive, or the file in it, cannot be read: {@reason}.',
  'IN-LINK':
    'The archive holds links or devices instead of files ({count}); they were left out: {names}',
  'IN-MULTI':
    'The same file holds another value for this session ({other}). Which of them counts cannot be told from it.',
  'IN-DETACHED': 'This file is the signature of “{file}” and is checked with it.',
  'IN-PDF': 'The PDF file is damaged and could not be opened.',
  'IN-PDF-PAGE': 'These pages of the PDF file could not be read: {pages}.',
  'IN-REJOINED':
    'The record stood on several lines and was put together again. If the signature does not fit, that may be why.',
  'IN-REVISIONS':
    'The PDF file was added to after it was first saved ({count} revisions); the last one is read.',
  'IN-UNLISTED':
    'This file is inside the PDF file but is not listed there, for instance because it is left from an earlier revision.',
  'IN-TWO-KINDS': 'The file is a PDF file and an archive at once; both were read.',
  'IN-NO-CODE': 'No QR code can be seen in the picture.',
  'IN-QR-PART': 'Of {of} QR codes that belong together, {count} are missing.',
  'IN-URL': 'The QR code holds a link. It is never opened: {url}',
}

export const carrierWords = {
  'archive.damaged': 'the data are damaged',
  'archive.truncated': 'the end is missing, a download may have broken off',
  'archive.overlap': 'several entries use the same data, as in archives that are meant to do harm',
  'archive.method': 'the packing method is not known',
  'archive.checksum': 'the checksum does not fit the content',
  'limit.ratio': 'packing ratio 100 to 1',
  'limit.mail': 'header lines or nesting of the mail',
  'limit.pages': '200 pages; the others were not read',
  'limit.attachments': '64 embedded files',
  'limit.pixels': 'picture of 40 million pixels',
  'limit.members-1000': '1000 files inside',
}
