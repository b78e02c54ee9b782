type Child = Node | string | number | false | null | undefined
type Attributes = Record<string, string | number | boolean | ((event: Event) => void) | undefined>

/** An element with attributes, listeners (`onclick: fn`) and children; text is never parsed as HTML. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Child | Child[])[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value)
    else if (value === true) element.setAttribute(name, "")
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value))
  }
  for (const child of children.flat()) {
    if (child === false || child === null || child === undefined) continue
    element.append(typeof child === "number" ? String(child) : child)
  }
  return element
}

/** A labelled field of a form. */
export function field(label: string, attributes: Attributes): HTMLElement {
  return h("label", { class: "field" }, h("span", {}, label), h("input", attributes))
}

/** What was entered into a form, by the names of its fields. */
export function entered(form: HTMLFormElement): Record<string, string> {
  const values: Record<string, string> = {}
  new FormData(form).forEach((value, name) => {
    if (typeof value === "string") values[name] = value
  })
  return values
}
