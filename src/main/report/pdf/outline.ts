/**
 * Bookmarks. Source: ISO 32000-1, 12.3.3.
 *
 * @module
 */
import { type PDFContext, PDFHexString, type PDFRef } from 'pdf-lib'
import type { Bookmark } from './flow.ts'
import { PAGE } from './style.ts'

/** @returns reference to the outline; only its first level is open */
export function writeOutline(
  context: PDFContext,
  bookmarks: readonly Bookmark[],
  pages: readonly PDFRef[],
): PDFRef {
  const root = context.nextRef()
  const ends = writeLevel(context, bookmarks, root, pages)
  context.assign(root, context.obj({ Type: 'Outlines', ...ends, Count: bookmarks.length }))
  return root
}

function writeLevel(
  context: PDFContext,
  bookmarks: readonly Bookmark[],
  parent: PDFRef,
  pages: readonly PDFRef[],
): { First: PDFRef; Last: PDFRef } | Record<string, never> {
  const refs = bookmarks.map(() => context.nextRef())
  for (const [index, { title, sheet, top, under }] of bookmarks.entries()) {
    const [ref, page, before, after] = [refs[index], pages[sheet], refs[index - 1], refs[index + 1]]
    if (ref === undefined || page === undefined) continue
    const inside = writeLevel(context, under, ref, pages)
    context.assign(
      ref,
      context.obj({
        Title: PDFHexString.fromText(title),
        Parent: parent,
        Dest: [page, 'XYZ', 0, Math.round(PAGE.height - top + 12), 0],
        ...(before === undefined ? {} : { Prev: before }),
        ...(after === undefined ? {} : { Next: after }),
        // Negative: closed.
        ...(under.length === 0 ? {} : { ...inside, Count: -under.length }),
      }),
    )
  }
  const [first, last] = [refs[0], refs.at(-1)]
  return first === undefined || last === undefined ? {} : { First: first, Last: last }
}
