import type { Product } from "./types"
export function drawPicture(product: Product): string {
  return product.handle
}
