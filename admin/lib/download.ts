/** Hands `content` to the browser as a file of that name. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement("a")
  link.href = url
  link.download = name
  link.click()
  // Chromium reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
