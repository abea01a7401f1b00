// How does rate-limiter-flexible decide? The same questions, asked by Node: node flexible.cjs URL PID
const Redis = require("ioredis");
const { RateLimiterRedis, RateLimiterUnion } = require("rate-limiter-flexible");

const [url, pid] = process.argv.slice(2);
const client = new Redis(url, { enableOfflineQueue: false });
const now = () => Number(process.hrtime.bigint()) / 1000;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
let names = 0;

const make = (rules) => {
  const limiters = rules.map(
    ([points, duration]) =>
      new RateLimiterRedis({ storeClient: client, points, duration, keyPrefix: `f${duration}` }),
  );
  const all = limiters.length > 1 ? new RateLimiterUnion(...limiters) : limiters[0];
  return (name) => all.consume(name).then(() => true, () => false);
};

const median = async (ask, rounds = 1000) => {
  const took = [];
  for (let round = 0; round < rounds; round++) {
    const began = now();
    await ask();
    took.push(now() - began);
  }
  return took.sort((a, b) => a - b)[rounds >> 1];
};

const admitted = async () => {
  const decide = make([[100, 60]]);
  const verdicts = await Promise.all(Array.from({ length: 400 }, () => decide(`many ${names}`)));
  return verdicts.filter(Boolean).length;
};

// Its windows begin with a client's first request: one early, the rest around the window's end.
const mostInAWindow = async (seconds = 2, quota = 50) => {
  const decide = make([[quota, seconds]]);
  const times = [];
  const began = Date.now();
  if (await decide("edge")) times.push(Date.now());
  await pause(seconds * 1000 - 200);
  while (Date.now() < began + seconds * 1000 + 500) {
    const asked = Date.now();
    if (await decide("edge")) times.push(asked);
    await pause(1);
  }
  return Math.max(...times.map((end) => times.filter((t) => t > end - seconds * 1000 && t <= end).length));
};

const freshAfterEdit = async () => {
  const before = make([[5, 60]]);
  for (let n = 0; n < 5; n++) await before("edit");
  const after = make([[3, 60]]);
  let fresh = 0;
  for (let n = 0; n < 5; n++) fresh += (await after("edit")) ? 1 : 0;
  return fresh;
};

const frozen = async () => {
  const decide = make([[100, 60]]);
  process.kill(Number(pid), "SIGSTOP");
  const began = now();
  await Promise.race([decide("frozen"), pause(5000)]);
  const waited = now() - began;
  process.kill(Number(pid), "SIGCONT");
  return Math.round(waited / 1000);
};

client.once("ready", async () => {
  const three = make([[1e6, 1], [1e7, 60], [1e8, 86400]]);
  await median(() => three("warm"), 300);
  const facts = {
    ping: await median(() => client.ping()),
    took: await median(() => three("one")),
    of_400: await admitted(),
    of_50: await mostInAWindow(),
    fresh: await freshAfterEdit(),
    frozen_ms: await frozen(),
  };
  console.log(JSON.stringify(facts));
  process.exit(0);
});
