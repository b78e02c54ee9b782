import { shelfQuery } from "../shelf-query"

const of = (attributes: Record<string, string>) =>
  shelfQuery({ getAttribute: (name) => attributes[name] ?? null })

test("a shelf without attributes is the home page's, of the placement's own size", () => {
  expect(of({})).toEqual({ placement: "home" })
})

test.each([
  ["product", { "product-id": "p1" }, { product_id: "p1" }],
  ["cart", { "cart-id": "c1" }, { cart_id: "c1" }],
  ["checkout", { "cart-id": "c1" }, { cart_id: "c1" }],
  ["order_confirmation", { "product-ids": "p1, p2,p1," }, { product_ids: ["p1", "p2"] }],
  ["empty_search", { query: " red  cup " }, { query: "red  cup" }],
])("%s asks nothing until it is told what it is about", (placement, attributes, asked) => {
  expect(of({ placement })).toBeUndefined()
  expect(of({ placement, ...attributes })).toEqual({ placement, ...asked })
})

test("a merchant's own placement asks with what it has, and waits for what is announced by an empty attribute", () => {
  expect(of({ placement: "gifts" })).toEqual({ placement: "gifts" })
  expect(of({ placement: "gifts", "category-id": "cat_1", limit: "4" })).toEqual({
    placement: "gifts",
    category_id: "cat_1",
    limit: 4,
  })
  expect(of({ placement: "gifts", "cart-id": "" })).toBeUndefined()
})

test.each(["0", "51", "many", "-1", ""])("a limit of %j is as none", (limit) => {
  expect(of({ limit })).toEqual({ placement: "home" })
})

test("at most 50 products and 200 letters are asked with", () => {
  const ids = Array.from({ length: 60 }, (_, i) => `p${i}`).join(",")
  expect(of({ placement: "order_confirmation", "product-ids": ids })?.product_ids).toHaveLength(50)
  expect(of({ placement: "empty_search", query: "a".repeat(300) })?.query).toHaveLength(200)
})
