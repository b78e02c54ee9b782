/** What the person at the keyboard needs once everything is up. */
import { say } from "./progress.mjs"

function tellImport({
  rows_read,
  rows_imported,
  rows_skipped,
  skipped_by_reason,
  seconds,
  memory_mb,
  ...rest
}) {
  const number = (value) => value.toLocaleString("en-US")
  const reasons = Object.entries(skipped_by_reason ?? {})
    .map(([reason, rows]) => `${reason} ${number(rows)}`)
    .join(", ")
  say(
    `  Rows read        ${number(rows_read)} = ${number(rows_imported)} imported + ${number(rows_skipped)} skipped`,
  )
  if (reasons) {
    say(`  Skipped          ${reasons}`)
  }
  say(
    `  Made             ${number(rest.products_created)} products, ${number(rest.customers_created)} customers`,
  )
  say(`  Time, memory     ${seconds.toFixed(1)} s, ${memory_mb} MB at its highest\n`)
}

export function tell({ options, store, home, seconds }) {
  const medusa = `http://localhost:${options.port}`
  say(`\nReady after ${seconds.toFixed(1)} s.\n`)
  if (store.import) {
    tellImport(store.import)
  }
  say(`  Storefront       http://localhost:${options.storefrontPort}`)
  say(`  Admin            ${medusa}/app`)
  say(`  Login            ${store.admin.email} / ${store.admin.password}`)
  say(`  Logs             ${home}/logs`)
  if (store.shoppers) {
    say(`  Sample shoppers  ${store.shoppers.emails.join(", ")} / ${store.shoppers.password}`)
  }
  say("\nRecommendations for a top seller:\n")
  const query = `placement=product&product_id=${store.product_id}&limit=5&fields=default&region_id=${store.region_id}`
  say(
    `  curl -s -H 'x-publishable-api-key: ${store.publishable_key}' '${medusa}/store/marketing/recommendations?${query}'\n`,
  )
  say("Ctrl-C stops everything; `npm run demo` starts it again with the same data.")
}
