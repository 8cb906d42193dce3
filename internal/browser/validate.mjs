// Reads [{name, source}] as JSON from standard input and writes [{name, line, rule, message, selector}], one
// for each place where a page is not valid. Run with the rules file and the folder of html-validate as arguments.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [rules, modules] = process.argv.slice(2);
const { HtmlValidate } = createRequire(join(modules, "of.js"))("html-validate");
const validator = new HtmlValidate(JSON.parse(readFileSync(rules, "utf8")));
const isError = 2;
// A page in which somebody waits for her turn looks again by itself; with script it changes in place instead.
const allowed = (m) => m.ruleId === "meta-refresh" && m.selector === "html > head > noscript > meta";
const found = [];
for (const { name, source } of JSON.parse(readFileSync(0, "utf8"))) {
  const report = await validator.validateString(source, name + ".html");
  for (const { messages } of report.results) {
    for (const m of messages.filter((m) => m.severity === isError && !allowed(m))) {
      found.push({ name, line: m.line, rule: m.ruleId, message: m.message, selector: m.selector ?? "" });
    }
  }
}
process.stdout.write(JSON.stringify(found));
