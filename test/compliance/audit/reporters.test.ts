import { FORMATS, REPORTERS } from '../../../compliance/audit/reporters';
import { finding, postureOf } from '../../support/findings';

const OPTIONS = { colour: false, width: 80, all: false };

test('every format tells a posture in a file of its own, and the same posture the same way', () => {
  expect(FORMATS).toEqual(['text', 'json', 'html', 'sarif', 'oscal', 'junit']);
  expect(new Set(FORMATS.map((format) => REPORTERS[format].file)).size).toBe(FORMATS.length);
  for (const format of FORMATS) {
    const told = REPORTERS[format].render(postureOf([finding()]), OPTIONS);
    expect(told).toContain('REC-02');
    expect(REPORTERS[format].render(postureOf([finding()]), OPTIONS)).toBe(told);
  }
});

test.each(FORMATS)('a posture of nothing can be told as %s', (format) => {
  expect(REPORTERS[format].render(postureOf([]), OPTIONS)).not.toBe('');
});
