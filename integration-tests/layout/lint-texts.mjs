/** Lints texts as if they stood at the given paths: [{ file, text }] on stdin, one list of messages each on stdout. */
import path from "node:path"
import { text } from "node:stream/consumers"
import { ESLint } from "eslint"
import tseslint from "typescript-eslint"

const root = path.resolve(import.meta.dirname, "../..")
const eslint = new ESLint({
  cwd: root,
  // The texts are in no TypeScript project; the import rules need none.
  overrideConfig: [
    { files: ["**/*.{ts,tsx}"], ...tseslint.configs.disableTypeChecked },
    { files: ["**/*.{ts,tsx}"], languageOptions: { parserOptions: { project: null } } },
    { rules: { "@typescript-eslint/switch-exhaustiveness-check": "off" } },
  ],
})

const answers = []
for (const { file, text: code } of JSON.parse(await text(process.stdin))) {
  const [result] = await eslint.lintText(code, { filePath: path.join(root, file) })
  answers.push(result.messages.map(({ ruleId, message }) => ({ ruleId, message })))
}
process.stdout.write(JSON.stringify(answers))
