/** The few calls of Medusa's Store API that this shop makes, and the parts of the answers it reads. */

export interface Price {
  calculated_amount: number | null
  original_amount: number | null
  currency_code: string | null
}
export interface Variant {
  id: string
  title: string | null
  manage_inventory?: boolean
  allow_backorder?: boolean
  inventory_quantity?: number | null
  options?: { option_id?: string; value: string }[] | null
  calculated_price?: Price | null
}
export interface Product {
  id: string
  title: string
  handle: string
  description?: string | null
  thumbnail: string | null
  metadata?: Record<string, unknown> | null
  options?: { id: string; title: string; values?: { value: string }[] | null }[] | null
  categories?: Category[] | null
  tags?: { value: string }[] | null
  variants?: Variant[] | null
}
export interface Category {
  id: string
  name: string
  handle: string
  parent_category_id?: string | null
  rank?: number | null
  metadata?: Record<string, unknown> | null
}
export interface Region {
  id: string
  name: string
  currency_code: string
  countries?: { iso_2?: string; display_name?: string }[] | null
}
export interface LineItem {
  id: string
  title: string
  product_id: string | null
  product_title?: string | null
  product_handle?: string | null
  variant_id: string | null
  variant_title?: string | null
  thumbnail: string | null
  quantity: number
  unit_price: number
  total?: number
}
export interface Address {
  first_name?: string | null
  last_name?: string | null
  address_1?: string | null
  city?: string | null
  postal_code?: string | null
  country_code?: string | null
  phone?: string | null
}
export interface Cart {
  id: string
  email?: string | null
  region_id: string
  customer_id?: string | null
  currency_code: string
  completed_at?: string | null
  items?: LineItem[] | null
  shipping_address?: Address | null
  shipping_methods?: { id: string; name: string; amount: number; shipping_option_id?: string }[] | null
  item_total: number
  item_subtotal: number
  shipping_total: number
  tax_total: number
  discount_total: number
  total: number
}
export interface Order extends Omit<Cart, "completed_at"> {
  display_id: number
}
export interface Customer {
  id: string
  email: string
  first_name?: string | null
  last_name?: string | null
}
export interface ShippingOption {
  id: string
  name: string
  amount: number | null
}

export class StoreError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message)
  }
}

const CARD = "id,title,handle,thumbnail,metadata,variants.id,*variants.calculated_price"
const PAGE = `${CARD},description,*options,options.values.value,*variants.options,variants.title,variants.manage_inventory,variants.allow_backorder,+variants.inventory_quantity,*categories,*tags`

type Query = Record<string, string | number | undefined>

export class StoreApi {
  token: string | undefined

  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  async regions(): Promise<Region[]> {
    return (
      await this.get<{ regions: Region[] }>("/store/regions", { fields: "id,name,currency_code,*countries" })
    ).regions
  }

  async categories(): Promise<Category[]> {
    const fields = "id,name,handle,parent_category_id,rank,metadata"
    return (
      await this.get<{ product_categories: Category[] }>("/store/product-categories", { fields, limit: 200 })
    ).product_categories
  }

  products(
    region: string,
    query: { q?: string; category_id?: string; limit: number; offset: number; order?: string },
  ): Promise<{ products: Product[]; count: number }> {
    return this.get("/store/products", { ...query, region_id: region, fields: CARD })
  }

  /** Of the whole catalogue of this demo. */
  names(): Promise<{ products: Product[] }> {
    return this.get("/store/products", { fields: "id,title,metadata", limit: 1000 })
  }

  async product(region: string, handle: string): Promise<Product | undefined> {
    const { products } = await this.get<{ products: Product[] }>("/store/products", {
      handle,
      region_id: region,
      fields: PAGE,
    })
    return products[0]
  }

  async cart(id: string): Promise<Cart> {
    return (await this.get<{ cart: Cart }>(`/store/carts/${id}`)).cart
  }

  async createCart(region: string): Promise<Cart> {
    return (await this.post<{ cart: Cart }>("/store/carts", { region_id: region })).cart
  }

  async updateCart(id: string, body: object): Promise<Cart> {
    return (await this.post<{ cart: Cart }>(`/store/carts/${id}`, body)).cart
  }

  async takeCart(id: string): Promise<Cart> {
    return (await this.post<{ cart: Cart }>(`/store/carts/${id}/customer`, {})).cart
  }

  async addLine(
    cart: string,
    body: { variant_id: string; quantity: number; metadata?: object },
  ): Promise<Cart> {
    return (await this.post<{ cart: Cart }>(`/store/carts/${cart}/line-items`, body)).cart
  }

  async setQuantity(cart: string, line: string, quantity: number): Promise<Cart> {
    return (await this.post<{ cart: Cart }>(`/store/carts/${cart}/line-items/${line}`, { quantity })).cart
  }

  async removeLine(cart: string, line: string): Promise<Cart> {
    return (await this.send<{ parent: Cart }>("DELETE", `/store/carts/${cart}/line-items/${line}`)).parent
  }

  async shippingOptions(cart: string): Promise<ShippingOption[]> {
    return (
      await this.get<{ shipping_options: ShippingOption[] }>("/store/shipping-options", { cart_id: cart })
    ).shipping_options
  }

  async chooseShipping(cart: string, option: string): Promise<Cart> {
    return (await this.post<{ cart: Cart }>(`/store/carts/${cart}/shipping-methods`, { option_id: option }))
      .cart
  }

  async startPayment(cart: string): Promise<void> {
    const { payment_collection } = await this.post<{ payment_collection: { id: string } }>(
      "/store/payment-collections",
      { cart_id: cart },
    )
    await this.post(`/store/payment-collections/${payment_collection.id}/payment-sessions`, {
      provider_id: "pp_system_default",
    })
  }

  async complete(cart: string): Promise<Order> {
    const answer = await this.post<{ type: string; order?: Order; error?: { message: string } }>(
      `/store/carts/${cart}/complete`,
      {},
    )
    if (!answer.order) throw new StoreError(answer.error?.message ?? "The order could not be placed.", 400)
    return answer.order
  }

  async signUp(body: {
    email: string
    password: string
    first_name: string
    last_name: string
  }): Promise<string> {
    const { email, password, first_name, last_name } = body
    const { token } = await this.post<{ token: string }>("/auth/customer/emailpass/register", {
      email,
      password,
    })
    await this.send("POST", "/store/customers", { email, first_name, last_name }, token)
    return this.signIn(email, password)
  }

  async signIn(email: string, password: string): Promise<string> {
    return (await this.post<{ token: string }>("/auth/customer/emailpass", { email, password })).token
  }

  async me(): Promise<Customer> {
    return (await this.get<{ customer: Customer }>("/store/customers/me")).customer
  }

  async orders(): Promise<Order[]> {
    return (await this.get<{ orders: Order[] }>("/store/orders", { limit: 10, order: "-created_at" })).orders
  }

  private get<T>(path: string, query: Query = {}): Promise<T> {
    const params = new URLSearchParams()
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) params.set(name, String(value))
    const search = params.size > 0 ? `?${params}` : ""
    return this.send("GET", path + search)
  }

  private post<T>(path: string, body: object): Promise<T> {
    return this.send("POST", path, body)
  }

  private async send<T>(method: string, path: string, body?: object, token = this.token): Promise<T> {
    const headers: Record<string, string> = { "x-publishable-api-key": this.key }
    if (body) headers["content-type"] = "application/json"
    if (token) headers.authorization = `Bearer ${token}`
    let response: Response
    try {
      response = await fetch(this.url + path, {
        method,
        headers,
        body: body ? JSON.stringify(body) : undefined,
      })
    } catch {
      throw new StoreError("The shop's server does not answer.", 0)
    }
    const answer = (await response.json().catch(() => ({}))) as T & { message?: string }
    if (!response.ok) throw new StoreError(answer.message ?? `Error ${response.status}`, response.status)
    return answer
  }
}
