// Reads a topic from its beginning up to a record and prints what that record's key holds then, as one JSON object.
//
// Usage: node read.js BOOTSTRAP REGISTRY TOPIC PARTITION OFFSET

'use strict';

const { Kafka, CompressionCodecs, CompressionTypes, logLevel } = require('kafkajs');
const { SchemaRegistry } = require('@kafkajs/confluent-schema-registry');
const lz4 = require('lz4js');

CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: async ({ buffer }) => Buffer.from(lz4.compress(buffer)),
  decompress: async (buffer) => Buffer.from(lz4.decompress(buffer)),
});

async function read(bootstrap, host, topic, partition, offset) {
  const registry = new SchemaRegistry({ host });
  const kafka = new Kafka({ clientId: 'foreign', brokers: [bootstrap], logLevel: logLevel.ERROR });
  const consumer = kafka.consumer({ groupId: `foreign-${process.pid}`, readUncommitted: false });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  const found = await new Promise((resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    consumer
      .run({
        eachMessage: async (read) => {
          const value = await registry.decode(read.message.value);
          if (read.partition === partition && read.message.offset === offset) {
            resolve({ key: read.message.key.toString(), value });
          }
        },
      })
      .catch(reject);
  });
  console.log(JSON.stringify(found));
  await consumer.disconnect();
}

const [bootstrap, host, topic, partition, offset] = process.argv.slice(2);
read(bootstrap, host, topic, Number(partition), offset).catch((error) => {
  console.error(error);
  process.exit(1);
});
