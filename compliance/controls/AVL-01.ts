import { overall, type Control, type Judgement } from './control';
import { cellsOf, runningTier } from './shared/cells';

/** A group of nodes stays in one zone by design, so that a call does: what must be two is the cells. */
export const AVL_01: Control = {
  id: 'AVL-01',
  title: 'Media runs in two or more cells, each in an Availability Zone of its own.',
  citations: [
    { authority: 'soc2', text: 'TSC 2017 A1.2' },
    { authority: 'hipaa', text: '45 CFR 164.308(a)(7)' },
  ],
  severity: 'error',
  sources: ['A11'],
  checkedOn: '2026-11-22',
  builds: 'As many cells as the deployment asks for, each in the AZ id that its tag names.',
  onTemplate:
    'Groups, instances and services of the tier media name at least two different AZ ids in voicecell:cell, region by region; that they stand there, co-location proves.',
  live: 'autoscaling:DescribeAutoScalingGroups',
  check: (evidence) => {
    const media = runningTier(evidence, 'media');
    const regions = new Set(media.map(({ stack }) => stack.region));
    return [...regions].map((region) => {
      const here = media.filter(({ stack }) => stack.region === region);
      return judge(region ?? 'an unnamed region', cellsOf(evidence, here));
    });
  },
};

/** A call goes to one region: a cell of another does not carry it when its own is gone. */
function judge(region: string, { cells, known }: ReturnType<typeof cellsOf>): Judgement {
  const found = [...cells].toSorted().join(', ') || 'no AZ id';
  if (cells.size >= 2) return overall('met', `media in ${region} runs in ${found}`);
  return known
    ? overall('unmet', `media in ${region} runs in ${found}; add a cell in another AZ id`)
    : overall(
        'indeterminate',
        `the cell of some media in ${region} cannot be read; write voicecell:cell out (found ${found})`,
      );
}
