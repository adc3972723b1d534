// A dashboard in the terminal: coverage of the city and its districts, and how many hires are uncovered, as they change.
//
// Usage: node watch.js [--bootstrap HOST:PORT] [--registry URL] [--prefix cakupan.] [--json]
//   --json   print each record as it is read, one JSON object a line, instead of the table

'use strict';

const { parseArgs } = require('node:util');
const { Kafka, CompressionCodecs, CompressionTypes, logLevel } = require('kafkajs');
const { SchemaRegistry } = require('@kafkajs/confluent-schema-registry');
const lz4 = require('lz4js');

CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: async ({ buffer }) => Buffer.from(lz4.compress(buffer)),
  decompress: async (buffer) => Buffer.from(lz4.decompress(buffer)),
});

const { values: options } = parseArgs({
  options: {
    bootstrap: { type: 'string', default: process.env.CAKUPAN_BOOTSTRAP ?? '127.0.0.1:9092' },
    registry: { type: 'string', default: process.env.CAKUPAN_REGISTRY ?? 'http://127.0.0.1:8081/apis/ccompat/v7' },
    prefix: { type: 'string', default: 'cakupan.' },
    json: { type: 'boolean', default: false },
  },
});

const CITIES = options.prefix + 'coverage-by-city';
const DISTRICTS = options.prefix + 'coverage-by-district';
const ALERTS = options.prefix + 'uncovered-hires';

/** The last record of each key, by topic: a topic is a table, and each record replaces the one of its key. */
const tables = new Map([CITIES, DISTRICTS, ALERTS].map((topic) => [topic, new Map()]));

/** Days travel as the number of days since 1970-01-01. */
const day = (number) => new Date(number * 86_400_000).toISOString().slice(0, 10);

/** A ratio without workers is no 0 %. */
const percent = (ratio) => (ratio === null ? '–' : `${(ratio * 100).toFixed(1)} %`);

function row(figure) {
  return (
    (figure.name ?? figure.id).padEnd(20) +
    `${figure.coveredWorkers} of ${figure.workers}`.padStart(18) +
    percent(figure.ratio).padStart(10) +
    String(figure.overdueHires).padStart(15)
  );
}

function show() {
  const cities = [...tables.get(CITIES).values()];
  const districts = [...tables.get(DISTRICTS).values()].sort((a, b) => (a.ratio ?? 2) - (b.ratio ?? 2));
  const open = [...tables.get(ALERTS).values()].filter((alert) => alert.state !== 'RESOLVED');
  console.log(`${''.padEnd(20)}${'covered workers'.padStart(18)}${'ratio'.padStart(10)}${'overdue hires'.padStart(15)}`);
  [...cities, ...districts].forEach((figure) => console.log(row(figure)));
  console.log(`As of ${cities.map((city) => day(city.asOf)).join(', ') || '–'}; ${open.length} alerts are open.`);
  console.log('Who works in two districts counts once in each and once in the city.\n');
}

async function main() {
  const registry = new SchemaRegistry({ host: options.registry });
  const kafka = new Kafka({ clientId: 'watch', brokers: options.bootstrap.split(','), logLevel: logLevel.ERROR });
  // This library knows no consumer without a group, so each run has a group of its own and commits nothing.
  const consumer = kafka.consumer({ groupId: `watch-${process.pid}-${Date.now()}`, readUncommitted: false });
  await consumer.connect();
  await consumer.subscribe({ topics: [...tables.keys()], fromBeginning: true });
  let changed = false;
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ topic, message }) => {
      const key = message.key.toString();
      const value = message.value === null ? null : await registry.decode(message.value);
      if (value === null) {
        tables.get(topic).delete(key);
      } else {
        tables.get(topic).set(key, value);
      }
      changed = true;
      if (options.json) {
        console.log(JSON.stringify({ topic, key, value }));
      }
    },
  });
  setInterval(() => {
    if (changed && !options.json) {
      show();
    }
    changed = false;
  }, 1000);
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
