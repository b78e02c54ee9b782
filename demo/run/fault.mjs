/** Something the person at the keyboard can mend: told in a sentence, never with a stack trace. */
export class Fault extends Error {}

const noSpace = /ENOSPC|No space left on device|could not extend file/i

/** One sentence for whatever went wrong. */
export function sentenceOf(error) {
  const code = error?.code
  const text = `${error?.message ?? error} ${error?.output ?? ""}`
  if (code === "ENOSPC" || noSpace.test(text)) {
    return `There is no disk space left${error.path ? ` for ${error.path}` : ""}. Free some and start again.`
  }
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
    return `${error.path ?? "A folder"} cannot be written: check its owner and permissions, or use another folder.`
  }
  if (code === "EDQUOT") {
    return `Your disk quota is used up${error.path ? ` (${error.path})` : ""}. Free some space and start again.`
  }
  return error instanceof Fault ? error.message : `Unexpected: ${error?.message ?? error}.`
}
