/**
 * Texts with segments per CPU second, beside two published counters in the same run, and whether the
 * answers are right. Run: `node bench/segmentation.ts`. Exit 1 when a goal is missed.
 */
import segmentsCalculator from 'sms-segments-calculator';
import splitSms from 'split-sms';

import { analyzeText } from '#shared/text/analyze-text.ts';
import { replaceCulprits } from '#shared/text/replace-culprits.ts';
import { countClustersNaively, countNaively } from '#test/fixtures/naive-segmentation.ts';
import type { NaiveCount } from '#test/fixtures/naive-segmentation.ts';

import { textClasses, trialTexts } from './segmentation-texts.ts';

const rounds = 3;
const msToSettle = 60;
const msPerMeasurement = 300;
const goals = { firstMean: 900, firstWorst: 300, secondMean: 8, frameMs: 16 };

type Answer = { readonly encoding: string; readonly parts: number; readonly tooBig: boolean };
type Counter = { readonly name: string; readonly count: (text: string) => Answer };

const octetsPerPart = 140;

const ours: Counter = {
  name: 'analyzeText',
  count: (text) => {
    const { encoding, segments } = analyzeText(text);
    return { encoding, parts: segments.length, tooBig: false };
  },
};

const peers: readonly [Counter, Counter] = [
  {
    name: 'sms-segments-calculator',
    count: (text) => {
      const { encodingName, segments } = new segmentsCalculator.SegmentedMessage(text);
      const tooBig = segments.some((segment) => segment.sizeInBits() > octetsPerPart * 8);
      return { encoding: encodingName, parts: segments.length, tooBig };
    },
  },
  {
    name: 'split-sms',
    count: (text) => {
      const { characterSet, parts } = splitSms.split(text);
      const isGsm = characterSet === 'GSM';
      const tooBig = parts.some(({ bytes }) => bytes > (isGsm ? 160 : octetsPerPart));
      return { encoding: isGsm ? 'GSM-7' : 'UCS-2', parts: parts.length, tooBig };
    },
  },
];

/** What each counter does for its answer and nothing beside: the work that is timed. */
const work: Readonly<Record<string, (text: string) => number>> = {
  [ours.name]: (text) => analyzeText(text).segments.length,
  'with culprits': (text) => {
    const { segments, culprits } = analyzeText(text);
    return segments.length + culprits.length;
  },
  [peers[0].name]: (text) => new segmentsCalculator.SegmentedMessage(text).segments.length,
  [peers[1].name]: (text) => splitSms.split(text).parts.length,
};

let kept = 0;

function textsPerCpuSecond(run: (text: string) => number, texts: readonly string[]): number {
  // Untimed at first, so that the litter of the counter before is swept and the heap fits this one.
  const start = performance.now();
  while (performance.now() < start + msToSettle) for (const text of texts) kept += run(text);
  const until = performance.now() + msPerMeasurement;
  const before = process.cpuUsage();
  let done = 0;
  while (performance.now() < until) {
    for (const text of texts) kept += run(text);
    done += texts.length;
  }
  const { user, system } = process.cpuUsage(before);
  return done / ((user + system) / 1e6);
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

function measureClass(texts: readonly string[]): Record<string, number> {
  const rates: Record<string, number[]> = {};
  for (const [name, run] of Object.entries(work)) {
    for (const text of texts.slice(0, 8)) run(text);
    rates[name] = [];
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(work)) {
      rates[name]?.push(textsPerCpuSecond(run, texts));
    }
  }
  return Object.fromEntries(Object.entries(rates).map(([name, values]) => [name, median(values)]));
}

const whole = (value: number): string => Math.round(value).toLocaleString('en');
const times = (value: number): string => `${value < 100 ? value.toFixed(1) : whole(value)} ×`;

function measureSpeed() {
  const [first, second] = peers;
  const rows = textClasses.map(({ name, texts }) => {
    const rates = measureClass(texts);
    const own = rates[ours.name] ?? 0;
    return {
      name,
      rates,
      first: own / (rates[first.name] ?? 1),
      second: own / (rates[second.name] ?? 1),
    };
  });
  console.log('\nTexts with segments per CPU second\n');
  console.table(
    Object.fromEntries(
      rows.map((row) => [
        row.name,
        {
          ...Object.fromEntries(
            Object.entries(row.rates).map(([name, rate]) => [name, whole(rate)]),
          ),
          'to the first': times(row.first),
          'to the second': times(row.second),
        },
      ]),
    ),
  );
  return {
    first: rows.map((row) => row.first),
    second: rows.map((row) => row.second),
  };
}

const isSame = (text: string, naive: NaiveCount): boolean => {
  const { encoding, segments, units, remaining } = analyzeText(text);
  return JSON.stringify({ encoding, segments, units, remaining }) === JSON.stringify(naive);
};

/** A peer is right when it agrees with either policy: clusters cut between code points, or kept. */
const isRight = (answer: Answer, policies: readonly NaiveCount[]): boolean =>
  !answer.tooBig &&
  policies.some(
    ({ encoding, segments }) => encoding === answer.encoding && segments.length === answer.parts,
  );

const shown = (text: string): string => {
  const escaped = JSON.stringify(text.length > 24 ? text.slice(0, 24) : text);
  return `${escaped}${text.length > 24 ? '…' : ''} (${text.length} units)`;
};

type Wrong = { count: number; example: string };

function judge(counter: Counter, text: string, wrong: Wrong): void {
  const policies = [countNaively(text), countClustersNaively(text)];
  const answer = counter.count(text);
  if (isRight(answer, policies)) return;
  const [byPoints, byClusters] = policies.map(({ segments }) => segments.length);
  wrong.count += 1;
  const answered = `${answer.parts} ${answer.encoding}${answer.tooBig ? ', one over 140 octets' : ''}`;
  const right = byClusters === byPoints ? `${byPoints}` : `${byPoints} or ${byClusters}`;
  wrong.example ||= `${shown(text)}: says ${answered}; right is ${right}`;
}

function compareAnswers(): number {
  let oursWrong = 0;
  const table: Record<string, Record<string, number>> = {};
  const examples: string[] = [];
  for (const [name, texts] of trialTexts()) {
    const wrong = peers.map((): Wrong => ({ count: 0, example: '' }));
    const own = texts.filter((text) => !isSame(text, countNaively(text)));
    oursWrong += own.length;
    if (own[0] !== undefined) examples.push(`${ours.name}, ${name}: ${shown(own[0])}`);
    peers.forEach((peer, i) => {
      const tally = wrong[i];
      if (tally === undefined) return;
      for (const text of texts) judge(peer, text, tally);
      if (tally.count > 0) examples.push(`${peer.name}, ${name}: ${tally.example}`);
    });
    table[name] = {
      texts: texts.length,
      [ours.name]: own.length,
      ...Object.fromEntries(peers.map((peer, i) => [peer.name, wrong[i]?.count ?? 0])),
    };
  }
  console.log('\nWrong answers\n');
  console.table(table);
  for (const example of examples) console.log(`  ${example}`);
  return oursWrong;
}

/** Longest of many runs at 1,600 characters, in ms, the first of all included. */
function slowestAt1600(run: (text: string) => number): number {
  let slowest = 0;
  for (const { texts } of textClasses) {
    for (let i = 0; i < 40; i += 1) {
      const text = (texts[i] ?? '').repeat(40).slice(0, 1600 - (i % 7));
      const start = performance.now();
      kept += run(text);
      slowest = Math.max(slowest, performance.now() - start);
    }
  }
  return slowest;
}

function report(goal: string, isMet: boolean): void {
  console.log(`${isMet ? 'met   ' : 'MISSED'}  ${goal}`);
  if (!isMet) process.exitCode = 1;
}

const frame = slowestAt1600((text) => analyzeText(text).culprits.length);
const replacing = slowestAt1600((text) => replaceCulprits(text).length);
const clusters = slowestAt1600((text) => analyzeText(text, { keepClusters: true }).units);
const oursWrong = compareAnswers();
const { first, second } = measureSpeed();
const [firstMean, firstWorst] = [geometricMean(first), Math.min(...first)];
const [secondMean, secondWorst] = [geometricMean(second), Math.min(...second)];
console.log(`\n${whole(kept % 1000)} kept so that no work is left out\n`);
report(`wrong answers: ${oursWrong}, goal 0`, oursWrong === 0);
report(
  `${times(firstMean)} ${peers[0].name} (geometric mean), goal ${goals.firstMean} ×`,
  firstMean >= goals.firstMean,
);
report(
  `${times(firstWorst)} ${peers[0].name} (worst class), goal ${goals.firstWorst} ×`,
  firstWorst >= goals.firstWorst,
);
report(
  `${times(secondMean)} ${peers[1].name} (geometric mean; worst class ${times(secondWorst)}), goal ${goals.secondMean} ×`,
  secondMean >= goals.secondMean,
);
report(
  `${frame.toFixed(1)} ms for counter and culprits at 1,600 characters (slowest), goal ${goals.frameMs} ms`,
  frame <= goals.frameMs,
);
console.log(
  `        replacing takes ${replacing.toFixed(1)} ms, keeping clusters ${clusters.toFixed(1)} ms`,
);
