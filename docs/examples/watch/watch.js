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

/**
 * The last record of each key, by topic: a topic is a table, and each record replaces the one of its key. The bytes are kept
 * and decoded only when they are shown: of many records of one key only the last one counts.
 */
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

async function decoded(registry, topic) {
  const table = tables.get(topic);
  for (const [key, value] of table) {
    if (Buffer.isBuffer(value)) {
      table.set(key, await registry.decode(value));
    }
  }
  return [...table.values()];
}

async function show(registry) {
  // UNASSIGNED holds hires on projects that are not known yet; most days it is empty.
  const known = (figure) => figure.id !== 'UNASSIGNED' || figure.workers > 0;
  const cities = (await decoded(registry, CITIES)).filter(known);
  const districts = (await decoded(registry, DISTRICTS)).filter(known).sort((a, b) => (a.ratio ?? 2) - (b.ratio ?? 2));
  const open = (await decoded(registry, ALERTS)).filter((alert) => alert.state !== 'RESOLVED');
  const days = [...new Set(cities.map((city) => day(city.asOf)))];
  console.log(`${''.padEnd(20)}${'covered workers'.padStart(18)}${'ratio'.padStart(10)}${'overdue hires'.padStart(15)}`);
  [...cities, ...districts].forEach((figure) => console.log(row(figure)));
  console.log(`As of ${days.join(', ') || '–'}; ${open.length} alerts are open.`);
  console.log('Who works in two districts counts once in each and once in the city.\n');
}

/** What is still to be read of what was there at the start: partitions, by topic, with the offset at which each ends. */
async function ends(kafka) {
  const admin = kafka.admin();
  await admin.connect();
  const waiting = new Map();
  for (const topic of tables.keys()) {
    for (const { partition, high, low } of await admin.fetchTopicOffsets(topic)) {
      if (BigInt(high) > BigInt(low)) {
        waiting.set(`${topic} ${partition}`, BigInt(high));
      }
    }
  }
  await admin.disconnect();
  return waiting;
}

async function main() {
  const registry = new SchemaRegistry({ host: options.registry });
  const kafka = new Kafka({ clientId: 'watch', brokers: options.bootstrap.split(','), logLevel: logLevel.ERROR });
  const waiting = await ends(kafka);
  // This library knows no consumer without a group, so each run has a group of its own and commits nothing.
  const consumer = kafka.consumer({ groupId: `watch-${process.pid}-${Date.now()}`, readUncommitted: false });
  await consumer.connect();
  await consumer.subscribe({ topics: [...tables.keys()], fromBeginning: true });
  // Offsets of whole batches, for the last ones of a partition may be marks of transactions, which bring no message.
  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { topic, partition, lastOffset } }) => {
    const place = `${topic} ${partition}`;
    if (waiting.has(place) && BigInt(lastOffset) + 1n >= waiting.get(place)) {
      waiting.delete(place);
    }
  });
  let changed = true;
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch }) => {
      for (const message of batch.messages) {
        const key = message.key.toString();
        if (message.value === null) {
          tables.get(batch.topic).delete(key);
        } else {
          tables.get(batch.topic).set(key, message.value);
        }
        changed = true;
        if (options.json) {
          const value = message.value === null ? null : await registry.decode(message.value);
          console.log(JSON.stringify({ topic: batch.topic, key, value }));
        }
      }
    },
  });
  setInterval(async () => {
    if (changed && !options.json && waiting.size === 0) {
      changed = false;
      await show(registry);
    }
  }, 1000);
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
