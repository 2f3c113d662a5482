import { App, Stack } from 'aws-cdk-lib';
import { ColocatedCell, type ColocatedCellProps } from '../../index';
import { CellTemplate, cell, plan } from '../support/cell-template';
import { templateOf, testApp } from '../support/cdk';
import { fakeNetwork, fakeRecords } from '../support/foundations';

const ENV = { account: plan.account, region: plan.region };

function propsIn(app: App, changed: Partial<ColocatedCellProps> = {}): ColocatedCellProps {
  return { plan, cell, network: fakeNetwork(plan), records: fakeRecords(app, plan), ...changed };
}

test('in a stack of its own a cell has the resources that it has in the stack of the kit', () => {
  const app = testApp();
  const stack = new Stack(app, 'phones', { env: ENV });
  new ColocatedCell(stack, 'Default', propsIn(app));
  expect(templateOf(stack).toJSON()).toMatchObject({
    Resources: (new CellTemplate().template.toJSON() as { Resources: object }).Resources,
  });
});

test('a refused plan is refused by CloudFormation in any stack', () => {
  const app = testApp();
  const stack = new Stack(app, 'phones', { env: ENV });
  const props = propsIn(app, { plan: { ...plan, refusals: ['the images are unlocked'] } });
  new ColocatedCell(stack, 'Default', props);
  expect(templateOf(stack).toJSON()).toMatchObject({
    Rules: { Deployable: { Assertions: [{ AssertDescription: 'not deployable: the images are unlocked' }] } },
  });
});

test.each([
  ['another region', { ...ENV, region: 'eu-west-1' }, `got a stack in ${plan.account}/eu-west-1`],
  ['another account', { ...ENV, account: '210987654321' }, 'got a stack in 210987654321/us-east-1'],
  ['no certain place', {}, 'got a stack in any/any'],
])('a stack in %s is no place for a cell', (_, env, got) => {
  const app = testApp();
  const stack = new Stack(app, 'phones', { env });
  expect(() => new ColocatedCell(stack, 'Cell', propsIn(app))).toThrow(
    `phones: ${got}, allowed ${plan.account}/us-east-1 of the plan, change env of the stack`,
  );
});

test('a network without the cell is told with the cells it has', () => {
  const app = testApp();
  const stack = new Stack(app, 'phones', { env: ENV });
  const network = { ...fakeNetwork(plan), cells: {} };
  expect(() => new ColocatedCell(stack, 'Cell', propsIn(app, { network }))).toThrow(
    `the network has no cell ${cell.azId}`,
  );
});
