const RUN = /[\p{L}\p{N}\p{M}]+/gu
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u
const TAG = /<[^>]{0,500}>/g
const MARK = /\p{M}+/gu
const ONE_LATIN = /^[\p{Script=Latin}\p{N}]$/u

/** English words that tie nothing together. */
const STOP = new Set(
  "a an and are as at be by for from has in is it its of on or our that the this to was will with you your".split(
    " ",
  ),
)

let words: Intl.Segmenter | undefined

/**
 * Words of a text: lower case, compatibility forms unified (NFKD), accents and markup dropped, runs of letters and digits.
 * Scripts without spaces (Chinese, Japanese, Thai) are cut by ICU's dictionary (`Intl.Segmenter`). English
 * stop words and single Latin letters or digits are left out.
 * Example: tokenise("Réglisse 红色手机 for HER") gives ["reglisse", "红色", "手机", "her"].
 * Cost: linear; about 10 MB/s spaced, 1 MB/s cut by dictionary.
 */
export function tokenise(text: string): string[] {
  const tokens: string[] = []
  const plain = text.replace(TAG, " ").normalize("NFKD").replace(MARK, "").normalize("NFC").toLowerCase()
  for (const [run] of plain.matchAll(RUN)) {
    if (!UNSPACED.test(run)) {
      if (!STOP.has(run) && !ONE_LATIN.test(run)) tokens.push(run)
      continue
    }
    words ??= new Intl.Segmenter("zh", { granularity: "word" })
    for (const part of words.segment(run)) if (part.isWordLike) tokens.push(part.segment)
  }
  return tokens
}
