/** What the person at the keyboard needs once everything is up. */
import { say } from "./progress.mjs"

const number = (value) => value.toLocaleString("en-US")

function tellImport(run) {
  const skipped = Object.entries(run.skipped_by_reason ?? {})
  const took = (phase) => `${((run.timings?.[phase] ?? 0) / 1000).toFixed(1)} s`
  say(
    `  Rows read        ${number(run.rows_read)} = ${number(run.rows_imported)} imported + ${number(run.rows_skipped)} skipped`,
  )
  for (const [reason, rows] of skipped.sort(([, a], [, b]) => b - a)) {
    say(`    skipped        ${number(rows)} ${reason}`)
  }
  say(`  Made             ${number(run.products_created)} products in ${took("products")}`)
  say(`                   ${number(run.customers_created)} customers in ${took("customers")}`)
  say(`  Events           ${took("events")}, after ${took("reading")} of reading`)
  say(`  Import in all    ${run.seconds.toFixed(1)} s, at most ${number(run.memory_mb)} MB of memory\n`)
}

/** Where the sample shop has something to show. */
function tellPages(medusa) {
  say("\nTo look at in the admin:\n")
  const pages = [
    [
      "marketing",
      "Overview",
      "what the plugin earned against its control groups, budgets, alerts, kill switch",
    ],
    ["marketing/decisions", "Decisions", "four weeks of them, each explained; some wait for your approval"],
    [
      "marketing/automations",
      "Automations",
      "the alert on a large cart left; Simulate shows a finished rehearsal",
    ],
    [
      "marketing/experiments",
      "Experiments",
      "eight products on the product page against six, running for three weeks",
    ],
    ["marketing/recommendations", "Recommendations", "placements, and what they led to"],
  ]
  for (const [path, name, what] of pages) {
    say(`  ${name.padEnd(16)} ${medusa}/app/${path}`)
    say(`  ${"".padEnd(16)} ${what}`)
  }
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
  if (!store.import) {
    tellPages(medusa)
  }
  say("\nRecommendations for a top seller:\n")
  const query = `placement=product&product_id=${store.product_id}&limit=5&fields=default&region_id=${store.region_id}`
  say(
    `  curl -s -H 'x-publishable-api-key: ${store.publishable_key}' '${medusa}/store/marketing/recommendations?${query}'\n`,
  )
  say("Ctrl-C stops everything; `npm run demo` starts it again with the same data.")
}
