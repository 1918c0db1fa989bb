// Print what mail programs do not support in the HTML of standard input, as JSON: feature → programs.
import { readFileSync } from "node:fs";
import { caniemail } from "caniemail";

const { issues } = caniemail({ clients: ["*"], html: readFileSync(0, "utf8") });
const found = {};
for (const [client, features] of issues.errors) {
  for (const { title } of features) {
    (found[title] ??= []).push(client);
  }
}
console.log(JSON.stringify(found));
