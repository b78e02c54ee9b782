import type { Shop } from "./shop"

export interface Place {
  path: string
  query: URLSearchParams
  /** What the path's variable part holds, e.g. a product's handle. */
  name: string
}

/** Draws at once what is known, and fills in the rest as it arrives. */
export interface Page {
  title: string
  element: HTMLElement
  /** Called when the shopper goes elsewhere or the page is drawn anew. */
  close?: () => void
}

export type PageMaker = (shop: Shop, place: Place, go: (path: string) => void) => Page
