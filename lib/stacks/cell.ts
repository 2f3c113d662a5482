import type { Construct } from 'constructs';
import { ColocatedCell, type ColocatedCellProps } from '../constructs/cell/colocated-cell';
import { RegionStack } from './region-stack';

/** A stack that holds one cell and nothing else, so that it can be replaced alone. */
export class CellStack extends RegionStack {
  constructor(scope: Construct, id: string, props: ColocatedCellProps) {
    const { plan, cell } = props;
    super(scope, id, { plan, description: `Cell ${cell.azId}: edge, media and inference in one Availability Zone` });
    // An id that CDK leaves out of logical ids.
    new ColocatedCell(this, 'Default', props);
  }
}
