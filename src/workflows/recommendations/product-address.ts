/** The page of a product: `https://shop.example/products/{handle}`, where "{handle}" or "{id}" stands for the product's. */
export function productAddress(pattern: string, product: { id: string; handle: string }): URL {
  return new URL(
    pattern
      .replaceAll("{handle}", encodeURIComponent(product.handle))
      .replaceAll("{id}", encodeURIComponent(product.id)),
  )
}
