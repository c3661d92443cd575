import { KeptAnswers, type KeptAnswer } from '../../src/server/kept-answers/kept-answers.ts';
import { seededRandom } from '../support/seeded-random.ts';

const MOST_BYTES = 100_000;

function answer(bytes: number): KeptAnswer {
  const bill = { calls: { rest: 0, discovery: 0 }, waitedMs: 0, plan: [], snapshotAsOf: null, notes: [] };
  return { data: Buffer.alloc(bytes), name: undefined, bill, billText: JSON.stringify(bill), lists: new Map() };
}

it('thousands of answers of random sizes never take more than they may, and the last one asked for is there', () => {
  const random = seededRandom(3);
  const answers = new KeptAnswers(MOST_BYTES);
  const edition = {};
  const names = Array.from({ length: 300 }, (_, n) => `question ${n}`);
  for (let n = 0; n < 5_000; n++) {
    const name = names[Math.floor(random() * names.length)] ?? '';
    const kept = answer(Math.floor(random() * 5_000));
    answers.keep(edition, name, kept);
    expect(answers.find(edition, name)).toBe(kept);
    if (n % 100 > 0) continue;
    const bytes = names.reduce((sum, each) => sum + (answers.find(edition, each)?.data.length ?? 0), 0);
    expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
    expect(bytes).toBeGreaterThan(n < 500 ? 0 : MOST_BYTES / 4);
  }
});

it('one that is larger than all of them may be is not kept, nor one whose question is', () => {
  const answers = new KeptAnswers(MOST_BYTES);
  const edition = {};
  answers.keep(edition, 'large', answer(MOST_BYTES + 1));
  answers.keep(edition, 'q'.repeat(100_001), answer(1));
  expect(answers.find(edition, 'large')).toBeUndefined();
  expect(answers.find(edition, 'q'.repeat(100_001))).toBeUndefined();
});

it('of another edition of the catalog there is none', () => {
  const answers = new KeptAnswers(MOST_BYTES);
  answers.keep({}, 'question', answer(1));
  expect(answers.find({}, 'question')).toBeUndefined();
});

it('none is kept where there is to be no memory for them', () => {
  const answers = new KeptAnswers(0);
  const edition = {};
  answers.keep(edition, 'question', answer(1));
  expect(answers.find(edition, 'question')).toBeUndefined();
});
