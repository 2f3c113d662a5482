import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { met, shown, unclear, unmet, type Control, type Judgement } from './control';
import { DATA_CLASS_TAG, type Evidence } from './evidence';
import { isStoreClass, STORES } from './shared/stores';
import { classTagsOf, STORE_CLASSES } from './shared/tags';

/** Every other control finds its stores by this tag: one without it is a store nobody judges. */
export const GOV_04: Control = {
  id: 'GOV-04',
  title: 'Every store says which class of data it holds.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 C1.1; CC6.1' }],
  severity: 'error',
  sources: ['A11'],
  checkedOn: '2026-11-22',
  builds: 'The tag voicecell:data-class on every bucket, log group, table, repository and volume; none is stated too.',
  onTemplate:
    'Every resource that keeps data, and the volumes a launch template makes, has a valid voicecell:data-class.',
  live: 'tag:GetResources',
  check: (evidence) => evidence.ofType(...STORES).map((store) => judge(evidence, store)),
};

function judge(evidence: Evidence, store: Resource): Judgement {
  const classes = classTagsOf(evidence, store);
  const wrong = classes.filter((tag) => isKnown(tag) && !isStoreClass(tag));
  if (wrong.includes(undefined)) return unmet(store, MISSING);
  if (wrong.length > 0) return unmet(store, `its class ${shown(wrong[0])} is none of ${STORE_CLASSES.join(', ')}`);
  return isKnown(classes)
    ? met(store, `it holds ${[...new Set(classes)].join(', ')}`)
    : unclear(store, `its tag ${DATA_CLASS_TAG} cannot be read; write the class out`);
}

const MISSING = `it has no class of data; tag it ${DATA_CLASS_TAG}, with none where it holds no call data`;
