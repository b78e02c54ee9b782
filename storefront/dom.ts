type Child = Node | string | undefined | false

/** A small element with its attributes and children. Text stays text: nothing is ever parsed as HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | boolean | undefined> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "")
    else if (value !== undefined && value !== false) made.setAttribute(name, value)
  }
  for (const child of children) if (child) made.append(child)
  return made
}
