/** `npm test` runs these before jest; here they count in its summary and its exit code. */
const failed = (process.env.MARKETING_FAILED_CHECKS ?? "").split(" ")

it.each([
  ["style and imports", "lint"],
  ["types", "types"],
  ["the plugin's build", "build"],
  ["the admin's build", "admin"],
])("%s passed", (_title, name) => {
  expect(failed).not.toContain(name)
})
